// Seeking: the run at any moment, and after any event, is what a straight replay to there gives.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../src/lib/engine/index.ts';
import { createEngineWith } from '../../src/lib/engine/engine.ts';
import { plainObservation } from '../../src/lib/engine/testing/plain-observation.ts';
import type { Engine } from '../../src/lib/engine/types.ts';
import type { CompiledScenario } from '../../src/lib/scenario/library.ts';
import { Rewind } from '../../src/lib/lab/rewind.ts';
import { replay } from '../../src/lib/lab/replay.ts';
import { smallScenario } from '../../src/lib/world/testing/small-scenario.ts';
import { shippedScenarios } from './scenarios.ts';
import { acts, play, SETTINGS } from './script.ts';

const MIN = 60_000;
const SEED = 20_261_125;
const stages: { name: string; compiled: CompiledScenario; make: () => Engine; untilMs: number; numRuns: number }[] = [
	{
		name: 'small',
		compiled: smallScenario(),
		make: () => createEngineWith(smallScenario(), 's', plainObservation),
		untilMs: 12 * MIN,
		numRuns: 6
	},
	...shippedScenarios()
		.scenarios.slice(0, 1)
		.map((compiled) => ({
			name: compiled.scenario.id,
			compiled,
			make: () => createEngine(compiled, 's'),
			untilMs: 8 * MIN,
			numRuns: 1
		}))
];

describe.each(stages)('$name', ({ compiled, make, untilMs, numRuns }) => {
	it('[LB13] seek(t) equals straight replay to t, in any order of moments', { timeout: 180_000 }, () => {
		const moments = fc.array(fc.integer({ min: 0, max: untilMs }), { minLength: 4, maxLength: 4 });
		fc.assert(
			fc.property(acts(compiled, untilMs), moments, fc.integer({ min: 7, max: 90 }), (script, times, seconds) => {
				const { commands } = play(make(), 's', script, untilMs);
				const log = { seed: 's', settings: SETTINGS, commands };
				const engine = make();
				const rewind = new Rewind(engine, { ...log, everyMs: seconds * 1000 });
				while (!rewind.grow());
				for (const time of times) {
					const straight = replay(make(), { ...log, untilMs: Math.floor(time / 1000) * 1000 });
					expect(engine.hash(rewind.at(time))).toBe(engine.hash(straight.state));
				}
			}),
			{ numRuns, seed: SEED }
		);
	});

	it('[LB13] after n events the log is known to n, and nothing of what came later is', { timeout: 180_000 }, () => {
		fc.assert(
			fc.property(acts(compiled, untilMs), fc.integer({ min: 1, max: 400 }), (script, nth) => {
				const { commands, events } = play(make(), 's', script, untilMs);
				const engine = make();
				const rewind = new Rewind(engine, { seed: 's', settings: SETTINGS, commands });
				while (!rewind.grow());
				const count = 1 + (nth % events.length);
				const state = rewind.afterEvents(count);
				expect(state.eventCount).toBeGreaterThanOrEqual(count);
				const straight = replay(make(), { seed: 's', settings: SETTINGS, commands, untilMs: state.simMs });
				const before = straight.events.filter(({ simMs }) => (simMs ?? 0) < state.simMs).length;
				// Only what happened in the same second may stand beside it.
				expect(Math.max(before, count)).toBeLessThanOrEqual(state.eventCount);
				expect(state.eventCount).toBeLessThanOrEqual(straight.events.length);
			}),
			{ numRuns, seed: SEED }
		);
	});
});

it('[LB13] moments beyond the run are its ends', () => {
	const engine = createEngineWith(smallScenario(), 's', plainObservation);
	const { commands } = play(engine, 's', [], 0);
	const rewind = new Rewind(engine, { seed: 's', settings: SETTINGS, commands });
	while (!rewind.grow());
	expect(rewind.at(-5000).simMs).toBe(0);
	expect(rewind.at(1e9).simMs).toBe(rewind.reachMs);
	expect(rewind.whole).toBe(true);
});
