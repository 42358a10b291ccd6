import type { ReadableEvent } from '../moment.ts';

export type DetectedBy = 'alert' | 'staff' | 'customer';

/** Channels by which somebody outside the organisation speaks. */
const OUTSIDE = new Set(['ticket', 'phone', 'social', 'press', 'partner', 'regulator', 'email']);

/**
 * The first delivered page or human report. A page counts whenever it came, even before impact; what people report
 * counts only from impact on, since until then it cannot be about this.
 */
export function firstSignal(
	events: readonly ReadableEvent[],
	impactStarted: ReadableEvent | undefined
): { event: ReadableEvent; by: DetectedBy } | null {
	let first: { event: ReadableEvent; by: DetectedBy } | null = null;
	for (const event of events) {
		const by = signalBy(event);
		if (by === null) continue;
		if (by !== 'alert' && impactStarted && event.occurredAt < impactStarted.occurredAt) continue;
		if (first === null || event.occurredAt < first.event.occurredAt) first = { event, by };
	}
	return first;
}

function signalBy(event: ReadableEvent): DetectedBy | null {
	switch (event.type) {
		case 'page.delivered':
			return 'alert';
		// An alert entered by hand in a real incident was delivered elsewhere.
		case 'alert.fired':
			return event.actor.kind === 'participant' ? 'alert' : null;
		case 'stakeholder.asked':
			return OUTSIDE.has(event.payload.channel) ? 'customer' : 'staff';
		case 'incident.declared':
			return event.actor.kind === 'participant' ? 'staff' : null;
		default:
			return null;
	}
}
