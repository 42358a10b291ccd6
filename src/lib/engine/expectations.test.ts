import { expect, it } from 'vitest';
import { smallScenario } from '../world/testing/small-scenario.ts';
import { plainEngine, Player } from './testing/player.ts';

const MIN = 60_000;
const expecting = (lines: string) =>
	plainEngine(
		smallScenario((yaml) => yaml.replace('  - { title: CANARY-expectation, when: severity == P1, by: 5m }', lines))
	);
const declare = { type: 'declareIncident', severity: 'P1', title: 'Errors', summary: '' } as const;
const over = { type: 'endRun', reason: 'host' } as const;

it('judges as the run ends: what was done in time, what came late, and what must not be done', () => {
	const engine = expecting(`
  - { title: In time, when: declared, by: 5m, objective: 1 }
  - { title: Too early for it, when: declared, by: 1m }
  - { title: Looked, when: evidence(rollout_history) }
  - { title: Not flushed, when: not action(flush) }`);
	const player = new Player(engine).begun().to(2 * MIN);
	player.give(declare);
	player.to(4 * MIN);
	expect(player.told('expectations.judged')).toEqual([]);
	player.give(over);
	const [judged] = player.told('expectations.judged');
	const { startsAt } = engine.compiled;
	expect(judged?.expectations).toEqual([
		{
			title: 'In time',
			met: true,
			at: startsAt + 2 * MIN,
			by: startsAt + 5 * MIN,
			objective: 'Declare within five minutes'
		},
		{ title: 'Too early for it', met: false, at: null, by: startsAt + MIN, objective: null },
		{ title: 'Looked', met: false, at: null, by: null, objective: null },
		{ title: 'Not flushed', met: true, at: null, by: null, objective: null }
	]);
	expect(player.events.filter(({ type }) => type === 'expectations.judged')).toMatchObject([
		{ audience: { kind: 'truth' } }
	]);
});

it('counts what was done once and undone later, and not what was forbidden and done', () => {
	const engine = expecting(`
  - { title: Took command, when: role(incident_commander) }
  - { title: Left alone, when: not action(rollback_api) }`);
	const player = new Player(engine).begun().to(MIN);
	player.give({ type: 'takeRole', role: 'incident_commander' });
	player.to(2 * MIN);
	player.give({ type: 'releaseRole', role: 'incident_commander' });
	player.give({ type: 'applyMitigation', mitigationId: 'rollback_api', runbookId: null, stepId: null });
	player.to(8 * MIN);
	player.give(over);
	const judged = player.told('expectations.judged')[0]?.expectations;
	expect(judged?.map(({ title, met }) => [title, met])).toEqual([
		['Took command', true],
		['Left alone', false]
	]);
});

it('gives the same moments however far time is moved at once', () => {
	const engine = expecting(`
  - { title: Rolled back, when: action(rollback_api) }
  - { title: Broke, when: visited(release_bug.outage) or declared }`);
	const play = (stepMs: number) => {
		const player = new Player(engine).begun();
		const until = (toMs: number) => {
			for (let at = player.state.simMs; at < toMs; at += stepMs) player.to(Math.min(toMs, at + stepMs));
		};
		until(3 * MIN);
		player.give(declare);
		player.give({ type: 'applyMitigation', mitigationId: 'rollback_api', runbookId: null, stepId: null });
		until(9 * MIN);
		player.give(over);
		return player.told('expectations.judged')[0]?.expectations;
	};
	expect(play(9 * MIN)).toEqual(play(1000));
	expect(play(9 * MIN)?.every(({ met }) => met)).toBe(true);
});
