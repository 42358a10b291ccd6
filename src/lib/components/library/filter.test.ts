import { expect, it } from 'vitest';
import type { ScenarioCard } from '../../protocol/messages.ts';
import { narrow, NO_FILTER, surprise, tally } from './filter.ts';

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
	card('pool', { difficulty: 2, team: 'pair', skills: ['count connections'] }),
	card('leak', { difficulty: 3, team: 'squad', minutes: 47 })
];
const ids = (filter: Partial<typeof NO_FILTER>, plays: Record<string, number> = {}) =>
	narrow(cards, { ...NO_FILTER, ...filter }, plays).map(({ id }) => id);

it.each([
	[{}, ['disk', 'pool', 'leak']],
	[{ text: 'count CONNECTIONS' }, ['pool']],
	[{ text: 'breaks title' }, ['disk', 'pool', 'leak']],
	[{ failure: 'capacity' }, ['disk']],
	[{ difficulty: 3 }, ['leak']],
	[{ minutes: 15 }, ['disk', 'pool']],
	[{ team: 'squad' }, ['leak']],
	[{ text: 'nowhere' }, []]
] as const)('%j leaves %j', (filter, left) => {
	expect(ids(filter)).toEqual(left);
});

it('leaves what was not played here', () => {
	expect(ids({ fresh: true }, { disk: 2, leak: 1 })).toEqual(['pool']);
});

it('surprises with what was played least', () => {
	expect(surprise(cards, { disk: 1, leak: 1 }, 0.99)?.id).toBe('pool');
	expect(surprise(cards, {}, 0)?.id).toBe('disk');
	expect(surprise(cards, {}, 0.99)?.id).toBe('leak');
	expect(surprise([], {}, 0.5)).toBeNull();
});

it('counts values, the most frequent first', () => {
	expect(tally(['b', 'a', 'b', 'c'])).toEqual([
		{ value: 'b', count: 2 },
		{ value: 'a', count: 1 },
		{ value: 'c', count: 1 }
	]);
});
