// What must hold of every shipped scenario whatever its golden run says: a golden that is written anew cannot hide a scenario
// that is broken.

import { describe, expect, it } from 'vitest';
import { createEngine } from '../../src/lib/engine/index.ts';
import type { IncidentEvent } from '../../src/lib/incident/event.ts';
import { NOBODY } from '../../src/lib/lab/policy.ts';
import { summarise, type SimulationResult } from '../../src/lib/lab/result.ts';
import { ScriptPolicy } from '../../src/lib/lab/script-policy.ts';
import { simulate } from '../../src/lib/lab/simulate.ts';
import type { CompiledScenario } from '../../src/lib/scenario/library.ts';
import type { PolicyStepSpec } from '../../src/lib/scenario/scenario.schema.ts';
import { shippedScenarios } from './scenarios.ts';

const MIN = 60_000;
const SEEDS = ['1', '2', '3'];
/** A harmful mitigation is tried so long after the first alert. */
const TRIED_AFTER_MS = 30_000;

interface Course {
	/** Alerts in the order in which an idle room gets them, each at its first firing. */
	alerts: string[];
	/** Simulated minutes within which the first of them fires. */
	firstAlert: [number, number];
	/** Simulated minutes within which the reference has resolved. */
	resolved: [number, number];
}

/** What the shipped scenarios are about, in the words of their rules. */
const COURSES: Record<string, Course> = {
	'high-error-rate-bad-deploy': {
		alerts: ['ApiErrorBudgetFastBurn core-api', 'HighErrorRate core-api', 'HighErrorRate edge-lb'],
		firstAlert: [1, 4],
		resolved: [6, 12]
	},
	'memory-leak-cache-library': {
		alerts: [
			'ServiceMemoryHigh cache-lib-svc',
			'HighErrorRate cache-lib-svc',
			'HighErrorRate core-api',
			'HighErrorRate edge-lb'
		],
		firstAlert: [0, 4],
		resolved: [15, 40]
	},
	'db-connection-pool-exhausted': {
		alerts: [
			'DatabaseConnectionPoolExhausted payments-core',
			'HighErrorRate payments-core',
			'HighErrorRate api-gw',
			'PayoutBatchFailed payout-batch',
			'DatabaseConnectionsNearLimit ledger-db'
		],
		firstAlert: [1, 4],
		resolved: [8, 20]
	}
};

const { scenarios } = shippedScenarios();

describe.each(scenarios.map((compiled) => [compiled.scenario.id, compiled] as const))(
	'%s',
	{ timeout: 60_000 },
	(id, compiled) => {
		const course = COURSES[id];

		it('[LB2] is never won by doing nothing', () => {
			for (const { result } of played(compiled, 'none')) {
				expect(result.outcome).toBe('unresolved');
				expect(result.endedMs).toBe(compiled.scenario.minutes * MIN);
				expect(result.milestones).toMatchObject({
					acknowledgedMs: null,
					declaredMs: null,
					mitigatedMs: null,
					resolvedMs: null
				});
			}
		});

		it('[LB1] is won by its reference, without a step refused or left over', () => {
			for (const { result, policy } of played(compiled, 'ideal')) {
				expect(policy?.refused.map(({ step, message }) => [step.do, message])).toEqual([]);
				expect(policy?.undone.map(({ do: body }) => body)).toEqual([]);
				expect(result.outcome).toBe('resolved');
				expect(result.endedMs).toBeLessThan(compiled.scenario.minutes * MIN);
			}
		});

		it('[LB1] has its milestones in order, and far less impact than an idle room', () => {
			const idle = played(compiled, 'none');
			for (const [index, { result }] of played(compiled, 'ideal').entries()) {
				const { alertFiredMs, acknowledgedMs, declaredMs, impactStartedMs, mitigatedMs, resolvedMs } =
					result.milestones;
				const people = [alertFiredMs, acknowledgedMs, declaredMs, mitigatedMs, resolvedMs];
				expect(people).toEqual(people.toSorted((a, b) => (a ?? NaN) - (b ?? NaN)));
				expect(impactStartedMs).not.toBeNull();
				expect(impactStartedMs).toBeLessThan(mitigatedMs ?? NaN);
				expect(result.impactMinutes).toBeLessThan((idle[index]?.result.impactMinutes ?? 0) / 2);
			}
		});

		it('[LB10] is quiet until its fault begins', () => {
			for (const { result, events } of played(compiled, 'none')) {
				const faultMs = firstFault(compiled, events);
				for (const alert of result.alerts) expect(alert.pendingMs ?? alert.firedMs).toBeGreaterThanOrEqual(faultMs);
				expect(result.milestones.impactStartedMs).toBeGreaterThanOrEqual(faultMs);
				expect(result.alerts.length).toBeGreaterThan(0);
			}
		});

		it('[LB10] harms by what its author calls harmful', () => {
			const [idle] = played(compiled, 'none');
			for (const { id: mitigationId, verdict } of compiled.scenario.mitigations) {
				if (verdict !== 'harmful') continue;
				const at = (idle?.result.milestones.alertFiredMs ?? NaN) + TRIED_AFTER_MS;
				const { result } = play(compiled, '1', [{ at, do: { type: 'applyMitigation', mitigationId } }]);
				expect(result.impactMinutes, mitigationId).toBeGreaterThan(idle?.result.impactMinutes ?? NaN);
			}
		});

		it.runIf(course)('[LB10] takes the course it is about', () => {
			for (const { result } of played(compiled, 'none')) {
				expect([...new Set(result.alerts.map(({ name, labels }) => `${name} ${labels.service}`))]).toEqual(
					course?.alerts
				);
				expectWithin(result.milestones.alertFiredMs, course?.firstAlert);
			}
			for (const { result } of played(compiled, 'ideal')) expectWithin(result.milestones.resolvedMs, course?.resolved);
		});
	}
);

interface Played {
	result: SimulationResult;
	events: IncidentEvent[];
	policy: ScriptPolicy | null;
}

const known = new Map<string, Played[]>();

/** The runs of all seeds; played once, since several rules look at them. */
function played(compiled: CompiledScenario, policy: 'none' | 'ideal'): Played[] {
	const key = `${compiled.scenario.id} ${policy}`;
	const runs =
		known.get(key) ?? SEEDS.map((seed) => play(compiled, seed, policy === 'ideal' ? compiled.scenario.ideal : null));
	known.set(key, runs);
	return runs;
}

function play(compiled: CompiledScenario, seed: string, steps: readonly PolicyStepSpec[] | null): Played {
	const engine = createEngine(compiled, seed);
	const policy = steps === null ? null : new ScriptPolicy('test', steps);
	const simulated = simulate(engine, { seed, policy: policy ?? NOBODY });
	return { result: summarise(engine, simulated), events: simulated.events, policy };
}

/** When the first fault is more than a plan, in simulated milliseconds; negative where that was before the run. */
function firstFault({ scenario }: CompiledScenario, events: readonly IncidentEvent[]): number {
	const begun = scenario.faults
		.filter(({ initial, states }) => states[initial]?.phase !== 'healthy')
		.map(({ begins }) => begins);
	const moved = events.flatMap((event) =>
		event.type === 'fault.transitioned' && event.payload.phase !== 'healthy' ? [event.simMs ?? NaN] : []
	);
	return Math.min(...begun, ...moved);
}

function expectWithin(ms: number | null, window: [number, number] | undefined): void {
	const [from, to] = window ?? [NaN, NaN];
	expect(ms).toBeGreaterThanOrEqual(from * MIN);
	expect(ms).toBeLessThanOrEqual(to * MIN);
}
