import { describe, expect, it } from 'vitest';
import { createEngine } from '../../engine/index.ts';
import { DEFAULT_SEVERITY_POLICY } from '../../incident/severity.ts';
import { playerOf } from '../../lab/players.ts';
import { simulate } from '../../lab/simulate.ts';
import type { CommandRole } from '../../incident/role.ts';
import { stepsOf } from '../../scenario/paths.ts';
import { scorecard } from '../../scoring/index.ts';
import { skillCheck } from '../../scoring/skill-check.ts';
import { createLogger } from '../log.ts';
import { readScenarios } from '../scenarios/registry.ts';
import type { PlayedRun } from './own-runs.ts';
import { checkPaths } from './paths.ts';
import { checksOf, nextStep, progressOf } from './progress.ts';

const registry = readScenarios('scenarios', createLogger('silent'));
const library = registry.cards;
const { paths, problems } = checkPaths(
	'scenarios',
	library.map(({ id }) => id)
);
const found = (id: string) => {
	const path = paths.find((one) => one.id === id);
	if (!path) throw new Error(`there is no path ${id}`);
	return path;
};

const cards = new Map<string, ReturnType<typeof scorecard>>();
/** How one of Muster's own players does with a scenario. */
function cardOf(scenario: string, player: 'ideal' | 'none') {
	const key = `${scenario} ${player}`;
	const known = cards.get(key);
	if (known) return known;
	const compiled = registry.find(scenario);
	if (!compiled) throw new Error(`there is no scenario ${scenario}`);
	const { events } = simulate(createEngine(compiled, '1'), { seed: '1', policy: playerOf(player, compiled, '1') });
	const card = scorecard(events, DEFAULT_SEVERITY_POLICY);
	cards.set(key, card);
	return card;
}

describe('the shipped paths', () => {
	it('name nothing that is not there', () => expect(problems).toEqual([]));

	it('hold every scenario of the first difficulty among the basics', () => {
		const steps = stepsOf(found('on-call-basics'), library).map(({ scenario }) => scenario.id);
		expect(steps).toEqual(
			expect.arrayContaining(library.filter(({ difficulty }) => difficulty === 1).map(({ id }) => id))
		);
	});

	it('leave no kind of failure without a path', () => {
		const deep = paths.filter(({ id }) => id.startsWith('depth-'));
		const covered = new Set(deep.flatMap((path) => stepsOf(path, library).map(({ scenario }) => scenario.id)));
		expect(library.filter(({ id }) => !covered.has(id)).map(({ id }) => id)).toEqual([]);
	});

	it.each(stepsOf(found('on-call-basics'), library).map(({ scenario, check }) => [scenario.id, check] as const))(
		'the check of %s is passed by whoever does well, and not by waiting',
		(id, check) => {
			expect(skillCheck(cardOf(id, 'ideal'), check).state).toBe('passed');
			expect(skillCheck(cardOf(id, 'none'), check).state).not.toBe('passed');
		}
	);
});

const SCENARIO = 'high-error-rate-bad-deploy';
const played = (over: Partial<PlayedRun> = {}, player: 'ideal' | 'none' = 'ideal'): PlayedRun => ({
	incidentId: 'one',
	key: 'EX-0001',
	createdAt: 1,
	scenarioId: SCENARIO,
	state: 'known',
	resolved: true,
	mitigationMinutes: 3,
	hints: 0,
	as: 'responder',
	seats: ['incident_commander'] as CommandRole[],
	knew: false,
	score: 90,
	card: cardOf(SCENARIO, player),
	...over
});
const basics = found('on-call-basics');
const first = (runs: PlayedRun[]) => progressOf(basics, library, runs).steps[0];

describe('progress', () => {
	it('passes a step by a run whose check was passed, whatever came after it', () => {
		const worse = played({ incidentId: 'two', key: 'EX-0002', createdAt: 2 }, 'none');
		expect(first([worse, played()])).toMatchObject({ state: 'passed', run: { key: 'EX-0001' } });
		expect(first([worse])).toMatchObject({ state: 'tried', run: { key: 'EX-0002' } });
		expect(first([])).toMatchObject({ state: 'open', run: null });
	});

	it('waits for the truth to be opened', () => {
		expect(first([played({ state: 'closed', card: null })])).toMatchObject({ state: 'closed' });
		expect(first([played({ state: 'open', card: null })])).toMatchObject({ state: 'going' });
	});

	it('does not count who watched or knew, and says so', () => {
		expect(first([played({ as: 'facilitator' })])).toMatchObject({
			state: 'open',
			note: expect.stringContaining('as facilitator')
		});
		expect(first([played({ knew: true })])).toMatchObject({
			state: 'open',
			note: expect.stringContaining('truth was read')
		});
	});

	it('counts a path for a seat for whoever held it', () => {
		const path = { ...found('commander'), steps: [{ scenario: SCENARIO }] };
		expect(progressOf(path, library, [played()]).steps[0]?.state).toBe('passed');
		expect(progressOf(path, library, [played({ seats: ['scribe'] })]).steps[0]).toMatchObject({
			state: 'open',
			note: expect.stringContaining('seat of incident commander')
		});
	});

	it('suggests the next step of the path that was played last, and the first of all to whoever is new', () => {
		const views = (runs: PlayedRun[]) => paths.map((path) => progressOf(path, library, runs));
		expect(nextStep(views([]), [])).toMatchObject({ path: 'on-call-basics', step: 1, begun: false });
		expect(nextStep(views([played()]), [played()])).toMatchObject({ path: 'on-call-basics', step: 2, begun: true });
		const pool = played({ scenarioId: 'db-connection-pool-exhausted', createdAt: 9 }, 'none');
		expect(nextStep(views([pool, played()]), [pool, played()])).toMatchObject({ path: 'commander', step: 1 });
	});

	it('checks a run for every path it is a step of, and names what comes next', () => {
		const run = played({ seats: [] });
		const checks = checksOf(run, paths, library, [run]);
		expect(checks.map(({ path, state }) => [path, state])).toEqual([
			['on-call-basics', 'passed'],
			['depth-change', 'passed']
		]);
		expect(checks[0]?.next?.title).toBe('Wishlist is gone');
		expect(checksOf(played({ state: 'closed', card: null }), paths, library, [])).toEqual([]);
	});
});

it('takes the objectives of the scenario where a path names nothing', () => {
	const check = skillCheck(cardOf(SCENARIO, 'ideal'), null);
	expect(check.lines).toHaveLength(3);
	expect(check.lines.map(({ rating }) => rating)).toEqual(['P', 'P', 'P']);
	expect(check.state).toBe('passed');
	expect(skillCheck(cardOf(SCENARIO, 'none'), null).state).toBe('not_yet');
	expect(skillCheck(cardOf(SCENARIO, 'ideal'), ['handoff']).state).toBe('nothing');
});
