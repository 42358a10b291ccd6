// What must hold of every shipped scenario whatever its golden run says: a golden that is written anew cannot hide a scenario
// that is broken.

import { describe, expect, it } from 'vitest';
import { createEngine } from '../../src/lib/engine/index.ts';
import type { IncidentEvent } from '../../src/lib/incident/event.ts';
import { NOBODY } from '../../src/lib/lab/policy.ts';
import { CHECKS, prove } from '../../src/lib/lab/prove.ts';
import { summarise, type SimulationResult } from '../../src/lib/lab/result.ts';
import { ScriptPolicy } from '../../src/lib/lab/script-policy.ts';
import { simulate } from '../../src/lib/lab/simulate.ts';
import type { CompiledScenario } from '../../src/lib/scenario/library.ts';
import type { PolicyStepSpec } from '../../src/lib/scenario/scenario.schema.ts';
import { shippedScenarios } from './scenarios.ts';

const SEED = '2';

const { scenarios } = shippedScenarios();

describe.each(scenarios.map((compiled) => [compiled.scenario.id, compiled] as const))(
	'%s',
	{ timeout: 120_000 },
	(_, compiled) => {
		it('[LB1] has its milestones in order, and no more impact than an idle room', () => {
			const { result } = play(compiled, compiled.scenario.ideal);
			const { acknowledgedMs, declaredMs, impactStartedMs, mitigatedMs, resolvedMs } = result.milestones;
			// Where customers tell first, people may declare before there is an alert to acknowledge.
			for (const ms of [acknowledgedMs, declaredMs]) if (ms !== null) expect(ms).toBeLessThanOrEqual(resolvedMs ?? NaN);
			if (impactStartedMs !== null && mitigatedMs !== null) expect(impactStartedMs).toBeLessThan(mitigatedMs);
			const idle = play(compiled, null).result;
			expect(result.impactMinutes).toBeLessThanOrEqual(idle.impactMinutes);
		});

		it('[LB10] is quiet until its fault begins', () => {
			const { result, events } = play(compiled, null);
			const faultMs = firstFault(compiled, events);
			for (const alert of result.alerts) expect(alert.pendingMs ?? alert.firedMs).toBeGreaterThanOrEqual(faultMs);
			const { impactStartedMs } = result.milestones;
			if (impactStartedMs !== null) expect(impactStartedMs).toBeGreaterThanOrEqual(faultMs);
		});

		it('keeps its promises over two seeds', () => {
			const { proofs } = prove(compiled, ['1', '2']);
			expect(proofs.filter(({ ok }) => !ok)).toEqual([]);
			expect(proofs.map(({ check }) => check)).toEqual(CHECKS);
		});
	}
);

const known = new Map<string, { result: SimulationResult; events: IncidentEvent[] }>();

/** Played once, since several rules look at it. Nobody acts where there are no steps. */
function play(compiled: CompiledScenario, steps: readonly PolicyStepSpec[] | null) {
	const key = `${compiled.scenario.id} ${steps === null}`;
	const before = known.get(key);
	if (before) return before;
	const engine = createEngine(compiled, SEED);
	const policy = steps === null ? NOBODY : new ScriptPolicy('ideal', steps);
	const simulated = simulate(engine, { seed: SEED, policy });
	const run = { result: summarise(engine, simulated), events: simulated.events };
	known.set(key, run);
	return run;
}

/** When the first fault is more than a plan, in simulated milliseconds; negative where that was before the run. */
function firstFault({ scenario }: CompiledScenario, events: readonly IncidentEvent[]): number {
	const begun = scenario.faults
		.filter(({ initial, states }) => states[initial]?.phase !== 'healthy' || (states[initial]?.effects.length ?? 0) > 0)
		.map(({ begins }) => begins);
	const moved = events.flatMap((event) =>
		event.type === 'fault.transitioned' && event.payload.phase !== 'healthy' ? [event.simMs ?? NaN] : []
	);
	return Math.min(...begun, ...moved);
}
