// How much CPU an hour of the largest scenario costs with its rules, nobody watching.

import { createEngine, createEngineWith, type Engine } from '../../src/lib/engine/index.ts';
import { NOBODY } from '../../src/lib/lab/policy.ts';
import { simulate, SIMULATION_SETTINGS } from '../../src/lib/lab/simulate.ts';
import type { Queryable } from '../../src/lib/promql/index.ts';
import type { CompiledScenario } from '../../src/lib/scenario/library.ts';
import { createObservation } from '../../src/lib/telemetry/index.ts';
import { shippedScenarios } from '../replay/scenarios.ts';
import { promtool } from './promtool.ts';
import { withTwentyRules } from './twenty-rules.ts';
import type { Bench, Figure } from './support/figure.ts';
import { cpuMs, quantile } from './support/stats.ts';

const HOUR_MINUTES = 60;
const ROUNDS = 5;

const bench: Bench = {
	name: 'simulate',
	about: 'an hour of the largest scenario with its rules at 15 s, headless',
	run(skip) {
		const { scenarios } = shippedScenarios();
		const sized = scenarios.find(({ scenario }) => scenario.id === 'db-connection-pool-exhausted');
		const largest = scenarios.toSorted((a, b) => readsOf(b).series - readsOf(a).series)[0];
		if (!sized || !largest) throw new Error('There is no scenario.');
		const cold = cpuMs(() => hour(largest, 'cold')) / 1000;
		const figures = [
			figureOf(withTwentyRules(sized), { of: 'measured', most: 0.25 }),
			figureOf(largest, null),
			{ what: 'its first hour in a process', measured: cold, unit: 's CPU', reference: null, target: null }
		];
		const theirs = promtool(largest, HOUR_MINUTES);
		if (typeof theirs === 'string') skip(theirs);
		else {
			const reference = { of: 'promtool test rules', value: theirs.cpuSeconds };
			figures.push({
				what: 'the same hour',
				measured: figures[1]?.measured ?? NaN,
				unit: 's CPU',
				reference,
				target: null
			});
		}
		return Promise.resolve(figures);
	}
};
export default bench;

function figureOf(compiled: CompiledScenario, target: Figure['target']): Figure {
	const reads = readsOf(compiled);
	const rules = compiled.rules.groups.reduce((sum, group) => sum + group.rules.length, 0);
	const rounds = Array.from({ length: ROUNDS }, (_, round) => cpuMs(() => hour(compiled, `round ${round}`)) / 1000);
	return {
		what: `${compiled.scenario.id}: ${rules} rules over ${reads.series} series, ${(reads.samples / 1e6).toFixed(1)} million samples read`,
		measured: quantile(rounds, 0.5),
		unit: 's CPU',
		reference: { of: 'bare loop over as many samples', value: bareLoop(reads.samples) },
		target
	};
}

/** An hour in which nobody acts, from making the engine to the end of the run. */
function hour(compiled: CompiledScenario, seed: string, engine: Engine = createEngine(compiled, seed)): void {
	simulate(engine, { seed, policy: NOBODY, settings: { ...SIMULATION_SETTINGS, limitMinutes: HOUR_MINUTES } });
}

/** How many series, and how many samples of them, the rules read in that hour. */
function readsOf(compiled: CompiledScenario): { series: number; samples: number } {
	const seen = new Set<string>();
	let samples = 0;
	const counted = createEngineWith(compiled, 'count', (world) => {
		const observation = createObservation(world);
		return { ...observation, queryable: (state, nowMs) => count(observation.queryable(state, nowMs)) };
	});
	const count = (inner: Queryable): Queryable => ({
		...inner,
		select: (matchers, fromMs, toMs) => {
			const found = inner.select(matchers, fromMs, toMs);
			for (const { labels, times, length } of found) {
				seen.add(JSON.stringify(labels));
				for (let i = length - 1; i >= 0 && (times[i] ?? 0) >= fromMs; i -= 1) if ((times[i] ?? 0) <= toMs) samples += 1;
			}
			return found;
		}
	});
	hour(compiled, 'count', counted);
	return { series: seen.size, samples };
}

/** CPU seconds of adding up as many numbers out of a typed array. */
function bareLoop(samples: number): number {
	const values = new Float64Array(4096).map((_, index) => index % 97);
	let total = 0;
	const ms = cpuMs(() => {
		for (let i = 0; i < samples; i += 1) total += values[i & 4095] ?? 0;
	});
	if (!Number.isFinite(total)) throw new Error('unreachable');
	return ms / 1000;
}
