import type { ViewEvent } from '$lib/incident/event.ts';
import type { Phase } from '$lib/incident/events/truth-events.ts';

/** A stretch of the truth lane: one fault's phase from one moment to the next. Incident times. */
export interface PhaseBar {
	faultId: string;
	phase: Phase;
	state: string;
	from: number;
	to: number;
}

/** Bars of what really happened, per fault, from the transitions in the log. */
export function phaseBars(events: readonly ViewEvent[], end: number): PhaseBar[] {
	const open = new Map<string, PhaseBar>();
	const bars: PhaseBar[] = [];
	for (const event of events) {
		if (event.type !== 'fault.transitioned') continue;
		const { faultId, to, phase } = event.payload;
		const before = open.get(faultId);
		if (before) {
			before.to = event.occurredAt;
			bars.push(before);
		}
		open.set(faultId, { faultId, phase, state: to, from: event.occurredAt, to: end });
	}
	return [...bars, ...open.values()].filter((bar) => bar.to > bar.from).sort((a, b) => a.from - b.from);
}

/** Whether customers suffered and nobody wrote down how many, as in an imported incident: there is no curve to draw then. */
export function impactUntold(events: readonly ViewEvent[]): boolean {
	return events.some((event) => event.type === 'impact.started' && event.payload.assumed === true);
}

/** Share of users affected as steps, for the area over the lanes. */
export function impactSteps(events: readonly ViewEvent[]): { at: number; share: number }[] {
	const steps: { at: number; share: number }[] = [];
	for (const event of events) {
		if (event.type === 'impact.started' || event.type === 'impact.changed')
			steps.push({ at: event.occurredAt, share: event.payload.share });
		else if (event.type === 'impact.ended') steps.push({ at: event.occurredAt, share: 0 });
	}
	return steps;
}

/** Round distances for a time axis of about `count` marks over a span in milliseconds. */
export function tickEvery(spanMs: number, count: number): number {
	const minutes = [1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440];
	const wanted = spanMs / 60_000 / count;
	return (minutes.find((step) => step >= wanted) ?? 1440) * 60_000;
}

/** Phases as a debrief calls them. */
export const PHASE_NAMES: Record<Phase, string> = {
	healthy: 'healthy',
	latent: 'latent',
	degraded: 'degraded',
	outage: 'outage',
	aggravated: 'made worse',
	contained: 'contained',
	mitigated: 'mitigated',
	resolved: 'resolved',
	lost: 'lost'
};
