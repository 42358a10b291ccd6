import { expect, it } from 'vitest';
import type { Practice } from '../../protocol/learning.ts';
import type { ScenarioCard } from '../../protocol/messages.ts';
import { fromQuery, narrow, NO_FILTER, tally, toQuery } from './filter.ts';
import { surprise } from './surprise.ts';

const card = (id: string, rest: Partial<ScenarioCard> = {}): ScenarioCard => ({
	id,
	title: `Title of ${id}`,
	synopsis: 'Something breaks.',
	class: 'change',
	difficulty: 1,
	minutes: 15,
	team: 'solo',
	severity: 'P2',
	skills: ['look first'],
	tags: [],
	...rest
});
const cards = [
	card('disk', { class: 'capacity', minutes: 10 }),
	card('pool', { difficulty: 2, team: 'pair', skills: ['count connections'], severity: 'P1' }),
	card('leak', { difficulty: 3, team: 'squad', minutes: 47, class: 'dependency' })
];
const practised = (of: Record<string, Partial<Practice>>): Record<string, Practice> =>
	Object.fromEntries(
		Object.entries(of).map(([id, rest]) => [id, { plays: 0, mine: 0, lastAt: null, spoiled: false, ...rest }])
	);
const ids = (filter: Partial<typeof NO_FILTER>, practice: Record<string, Practice> = {}) =>
	narrow(cards, { ...NO_FILTER, ...filter }, practice).map(({ id }) => id);

it.each([
	[{}, ['disk', 'pool', 'leak']],
	[{ text: 'count CONNECTIONS' }, ['pool']],
	[{ text: 'breaks title' }, ['disk', 'pool', 'leak']],
	[{ skill: 'count connections' }, ['pool']],
	[{ failure: 'capacity' }, ['disk']],
	[{ difficulty: 3 }, ['leak']],
	[{ severity: 'P1' }, ['pool']],
	[{ minutes: 15 }, ['disk', 'pool']],
	[{ people: 1 }, ['disk']],
	[{ people: 2 }, ['disk', 'pool']],
	[{ people: 4 }, ['disk', 'pool', 'leak']],
	[{ text: 'nowhere' }, []]
] as const)('%j leaves %j', (filter, left) => {
	expect(ids(filter)).toEqual(left);
});

it('leaves what was not played here, or not by me', () => {
	const practice = practised({ disk: { plays: 2 }, leak: { plays: 1, mine: 1 } });
	expect(ids({ fresh: 'here' }, practice)).toEqual(['pool']);
	expect(ids({ fresh: 'me' }, practice)).toEqual(['disk', 'pool']);
});

it('comes back from an address as it went into it, and takes no nonsense from one', () => {
	const filter = { ...NO_FILTER, text: 'a & b', people: 2, severity: 'P1', fresh: 'me' as const };
	expect(fromQuery(new URLSearchParams(toQuery(filter)))).toEqual(filter);
	expect(toQuery(NO_FILTER)).toBe('');
	expect(fromQuery(new URLSearchParams('difficulty=<b>&fresh=x&people=-1'))).toEqual(NO_FILTER);
});

const DAY = 86_400_000;
const pick = (of: Record<string, Partial<Practice>>, more: { debt?: string[]; draw?: number; not?: string } = {}) => {
	const { debt = [], draw = 0, not } = more;
	return surprise(
		cards,
		{ practice: practised(of), debt, library: cards },
		{ draw, now: 100 * DAY, ...(not && { not }) }
	);
};

it('surprises with a kind that nobody has practised', () => {
	const found = pick({ disk: { lastAt: 50 * DAY }, leak: { lastAt: 60 * DAY } });
	expect(found).toEqual({ card: cards[1], reason: expect.stringContaining('Nobody here has practised this kind') });
	expect(pick({}, { draw: 0.99 })?.card.id).toBe('leak');
	expect(surprise([], { practice: {}, debt: [], library: [] }, { draw: 0.5, now: 0 })).toBeNull();
});

it('surprises with the kind that was practised longest ago where all were, and says when', () => {
	const found = pick({ disk: { lastAt: 50 * DAY }, pool: { lastAt: 10 * DAY }, leak: { lastAt: 60 * DAY } });
	expect(found?.card.id).toBe('pool');
	expect(found?.reason).toContain('90 days ago');
});

it('puts what happened in earnest first', () => {
	const found = pick({ leak: { lastAt: 60 * DAY } }, { debt: ['dependency'] });
	expect(found?.card.id).toBe('leak');
	expect(found?.reason).toContain('in earnest');
});

it('does not surprise with what somebody knows, nor twice in a row with the same, while there is another', () => {
	expect(pick({ disk: { spoiled: true }, pool: { mine: 1 } })?.card.id).toBe('leak');
	expect(pick({}, { not: 'disk' })?.card.id).toBe('pool');
	expect(pick({ disk: { mine: 1 }, pool: { mine: 1 }, leak: { mine: 1 } })?.card.id).toBe('disk');
});

it('never says in its reason what kind of trouble it is', () => {
	const states: Record<string, Partial<Practice>>[] = [
		{},
		{ disk: { lastAt: 1 } },
		{ disk: { lastAt: 1 }, pool: { lastAt: 1 } }
	];
	for (const state of states)
		for (const debt of [[], ['dependency']]) {
			const found = pick(state, { debt });
			expect(found?.reason).not.toContain(found?.card.class);
		}
});

it('counts values, the most frequent first', () => {
	expect(tally(['b', 'a', 'b', 'c'])).toEqual([
		{ value: 'b', count: 2 },
		{ value: 'a', count: 1 },
		{ value: 'c', count: 1 }
	]);
});

it('goes by the difficulty that cards tell: the author’s, moved by the measure', () => {
	const trap = card('trap', { difficulty: 1, measured: 5 });
	const held = card('held', { difficulty: 4, measured: 4 });
	const by = (difficulty: number) => narrow([trap, held], { ...NO_FILTER, difficulty }, {}).map(({ id }) => id);
	expect([1, 2, 3, 4, 5].map(by)).toEqual([[], ['trap'], [], ['held'], []]);
});
