import type { IncidentEvent } from '../incident/event.ts';
import { foldMilestones } from '../incident/milestones.ts';
import { scorecard } from '../scoring/index.ts';
import type { Engine } from '../engine/types.ts';
import type { Simulated } from './simulate.ts';

/** What `muster simulate --json` prints. Times in simulated milliseconds since the run began; null where it did not happen. */
export interface SimulationResult {
	scenario: string;
	version: string;
	seed: string;
	policy: string;
	outcome: 'resolved' | 'unresolved';
	endedMs: number;
	milestones: {
		impactStartedMs: number | null;
		alertFiredMs: number | null;
		acknowledgedMs: number | null;
		declaredMs: number | null;
		mitigatedMs: number | null;
		resolvedMs: number | null;
	};
	alerts: {
		name: string;
		labels: Record<string, string>;
		pendingMs: number | null;
		firedMs: number;
		resolvedMs: number | null;
	}[];
	impactMinutes: number;
	score: number | null;
	eventCount: number;
	hash: string;
}

/** Sums up a simulated run. */
export function summarise(engine: Engine, simulated: Simulated): SimulationResult {
	const { events, state } = simulated;
	const { truth, claimed } = foldMilestones(events);
	const { startsAt, contentHash, scenario } = engine.compiled;
	const sinceBegin = (value: { at: number } | null): number | null => (value === null ? null : value.at - startsAt);
	const resolved = state.outcome === 'resolved';
	return {
		scenario: scenario.id,
		version: contentHash,
		seed: simulated.seed,
		policy: simulated.policy,
		outcome: resolved ? 'resolved' : 'unresolved',
		endedMs: events.findLast((event) => event.type === 'run.ended')?.simMs ?? state.simMs,
		milestones: {
			impactStartedMs: sinceBegin(truth.impactStarted),
			alertFiredMs: sinceBegin(truth.alertFired ?? claimed.alertFired),
			acknowledgedMs: sinceBegin(claimed.acknowledged),
			declaredMs: sinceBegin(claimed.declared),
			mitigatedMs: sinceBegin(truth.mitigated),
			resolvedMs: sinceBegin(claimed.resolved)
		},
		alerts: alertsOf(events, startsAt),
		impactMinutes: state.impact.affectedMinutes,
		score: scorecard(events, state.settings.policy).total,
		eventCount: events.length,
		hash: engine.hash(state)
	};
}

function alertsOf(events: readonly IncidentEvent[], startsAt: number): SimulationResult['alerts'] {
	const alerts = new Map<string, SimulationResult['alerts'][number]>();
	for (const event of events) {
		if (event.type === 'alert.fired') {
			const { alertId, name, labels, activeAt } = event.payload;
			alerts.set(alertId, {
				name,
				labels,
				pendingMs: activeAt === null ? null : activeAt - startsAt,
				firedMs: event.simMs ?? 0,
				resolvedMs: null
			});
		} else if (event.type === 'alert.resolved') {
			const alert = alerts.get(event.payload.alertId);
			if (alert) alert.resolvedMs = event.simMs;
		}
	}
	return [...alerts.values()];
}
