import type { ReadableEvent } from '../moment.ts';
import { isFromOutside } from '../outside.ts';

export const DETECTED_BY = ['alert', 'staff', 'customer'] as const;
export type DetectedBy = (typeof DETECTED_BY)[number];

/**
 * The first delivered page, alert taken up, or human report. A page counts whenever it came, even before impact; what people report
 * counts only from impact on, since until then it cannot be about this.
 */
export function firstSignal(
	events: readonly ReadableEvent[],
	impactStarted: ReadableEvent | undefined
): { event: ReadableEvent; by: DetectedBy | null } | null {
	let first: { event: ReadableEvent; by: DetectedBy | null } | null = null;
	// Of an imported incident is known what its record says: that it was opened there tells nobody who noticed.
	const imported = events.some(({ type }) => type === 'incident.imported');
	for (const event of events) {
		const by = event.type === 'incident.declared' && imported ? undefined : signalBy(event);
		if (by === undefined) continue;
		if (by !== 'alert' && impactStarted && event.occurredAt < impactStarted.occurredAt) continue;
		if (first === null || event.occurredAt < first.event.occurredAt) first = { event, by };
	}
	return first;
}

/** Undefined where it is no signal; null where it is one and nobody knows whose. */
function signalBy(event: ReadableEvent): DetectedBy | null | undefined {
	switch (event.type) {
		case 'page.delivered':
			return 'alert';
		// An alert of a real incident, entered by hand or sent by its source, was delivered elsewhere.
		case 'alert.fired':
			return event.actor.kind === 'participant' || event.payload.from ? 'alert' : undefined;
		// Seen before the pager rang.
		case 'alert.acknowledged':
			return event.actor.kind === 'participant' ? 'alert' : undefined;
		case 'inject.delivered':
			return isFromOutside(event.payload.channel) ? 'customer' : undefined;
		case 'incident.detected':
			return event.payload.by;
		case 'stakeholder.asked':
			return isFromOutside(event.payload.channel) ? 'customer' : 'staff';
		case 'incident.declared':
			return event.actor.kind === 'participant' ? 'staff' : undefined;
		default:
			return undefined;
	}
}
