/** What a run or a simulated future came to, in terms that can be laid side by side. Simulated milliseconds. Pure. */
import type { IncidentEvent } from '../incident/event.ts';
import { between } from '../incident/milestones.ts';
import type { SeverityPolicy } from '../incident/severity.ts';
import { timeline } from '../incident/timeline.ts';
import { readFacts } from '../scoring/facts.ts';
import { impactOf } from '../scoring/impact.ts';

export interface Future {
	outcome: 'resolved' | 'unresolved';
	/** Why it ends where it ends, when nothing was restored by then: it would have gone on. */
	cut: 'limit' | 'host' | null;
	endedMs: number;
	/** Recognition − impact start. */
	detectionMs: number | null;
	/** Mitigated − impact start. */
	mitigationMs: number | null;
	/** Resolved − created. */
	resolutionMs: number | null;
	impactMinutes: number;
	/** Money by the scenario's assumption; null where it has none. */
	cost: { currency: string; total: number } | null;
	/** Share of users affected, as steps. */
	impact: { ms: number; share: number }[];
	phases: { faultId: string; phase: string; ms: number }[];
	/** What a reader must not miss. */
	marks: { ms: number; icon: string; title: string }[];
	/** Commands that the changed world refused. */
	refused: { n: number; simMs: number; message: string }[];
	/** Commands that came after this future had ended. */
	unplayed: number[];
}

export function futureFrom(events: readonly IncidentEvent[], policy: SeverityPolicy): Future {
	const facts = readFacts(events, policy);
	const impact = impactOf(facts);
	const ended = facts.of('run.ended')[0];
	const { startsAt, endedMs } = clockOf(events);
	const outcome = ended?.payload.outcome ?? 'unresolved';
	const reason = ended?.payload.reason;
	return {
		outcome,
		cut: outcome === 'resolved' ? null : reason === 'host' || reason === 'abandoned' ? 'host' : 'limit',
		endedMs,
		detectionMs: facts.span('impactStarted', 'recognised'),
		mitigationMs: between(facts.milestone('impactStarted'), facts.milestone('mitigated')),
		resolutionMs: facts.span('created', 'resolved'),
		impactMinutes: impact?.affectedMinutes ?? 0,
		cost: impact?.money ? { currency: impact.money.currency, total: impact.money.total } : null,
		impact: facts
			.of('impact.started', 'impact.changed', 'impact.ended')
			.map((event) => ({ ms: event.simMs ?? 0, share: event.type === 'impact.ended' ? 0 : event.payload.share })),
		phases: facts
			.of('fault.transitioned')
			.map(({ simMs, payload }) => ({ faultId: payload.faultId, phase: payload.phase, ms: simMs ?? 0 })),
		marks: timeline(events)
			.filter(({ key, at, lane }) => key && lane !== 'truth' && at >= startsAt)
			.map(({ at, icon, title }) => ({ ms: at - startsAt, icon, title })),
		refused: [],
		unplayed: []
	};
}

/** Incident time runs alongside simulated time: any event tells how far they are apart. */
function clockOf(events: readonly IncidentEvent[]): { startsAt: number; endedMs: number } {
	const first = events.find(({ simMs }) => simMs !== null);
	const startsAt = first ? first.occurredAt - (first.simMs ?? 0) : 0;
	const ended = events.find(({ type }) => type === 'run.ended');
	return { startsAt, endedMs: ended?.simMs ?? events.reduce((latest, { simMs }) => Math.max(latest, simMs ?? 0), 0) };
}
