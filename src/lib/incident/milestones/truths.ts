import type { Milestone } from '../milestone.ts';
import type { MilestoneValues } from '../milestones.ts';
import type { ReadableEvent } from '../moment.ts';

/**
 * The truth's side. What everybody could observe (an alert, a declaration) is the same on both; what only the truth
 * knows is null unless the log, or the part of it that may be read, tells.
 */
export function truths(
	events: readonly ReadableEvent[],
	claimed: MilestoneValues
): Partial<Record<Milestone, ReadableEvent | null>> {
	const bySeq = new Map(events.map((event) => [event.seq ?? event.viewSeq ?? 0, event]));
	const observed = (milestone: Milestone): ReadableEvent | null => {
		const value = claimed[milestone];
		return value === null ? null : (bySeq.get(value.seq) ?? null);
	};
	const mitigated = heldRecovery(events);
	const resolved = observed('resolved');
	return {
		impactStarted: events.find((event) => event.type === 'impact.started') ?? null,
		alertFired: observed('alertFired'),
		signalled: observed('signalled'),
		acknowledged: observed('acknowledged'),
		recognised: observed('recognised'),
		created: observed('created'),
		declared: observed('declared'),
		mitigated,
		// A resolution called while customers still suffered came true when they no longer did.
		resolved: hasImpact(events) ? later(resolved, mitigated) : resolved
	};
}

/** Whether customers were ever known to suffer: in a near miss there is nothing that a resolution could come before. */
function hasImpact(events: readonly ReadableEvent[]): boolean {
	return events.some((event) => event.type === 'sli.breached' || event.type === 'impact.started');
}

/** The later of two that must both have happened. */
function later(one: ReadableEvent | null, other: ReadableEvent | null): ReadableEvent | null {
	if (one === null || other === null) return null;
	return other.occurredAt > one.occurredAt ? other : one;
}

/** Start of the last recovery that held: after it no SLI left its objective, and none was out of it. */
function heldRecovery(events: readonly ReadableEvent[]): ReadableEvent | null {
	const breached = new Set<string>();
	let measured = false;
	let recovered: ReadableEvent | null = null;
	for (const event of events) {
		if (event.type === 'sli.breached') {
			measured = true;
			breached.add(event.payload.sli);
			recovered = null;
		} else if (event.type === 'sli.restored') {
			const wasOut = breached.delete(event.payload.sli);
			if (wasOut && breached.size === 0) recovered = event;
		}
	}
	return measured ? recovered : lastImpactEnd(events);
}

/** Where no SLI is measured, the end of impact. */
function lastImpactEnd(events: readonly ReadableEvent[]): ReadableEvent | null {
	const last = events.findLast((event) => event.type === 'impact.ended' || event.type === 'impact.started');
	return last?.type === 'impact.ended' ? last : null;
}
