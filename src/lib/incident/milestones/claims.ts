import type { Milestone } from '../milestone.ts';
import type { ReadableEvent } from '../moment.ts';
import type { IncidentStatus } from '../status.ts';

type Claims = Partial<Record<Milestone, ReadableEvent | null>>;

/** Statuses that say that customers are served again. */
const MENDED = new Set<IncidentStatus>(['monitoring', 'resolved', 'closed']);

const ACKNOWLEDGED = new Set<string>(['alert.acknowledged', 'incident.acknowledged']);

/** What people did and said. Impact start they only say by a correction, or by hand in a real incident. */
export function claims(events: readonly ReadableEvent[]): Claims {
	const declared = earliest(events, (event) => event.type === 'incident.declared');
	const acknowledged = earliest(events, (event) => ACKNOWLEDGED.has(event.type) && byPerson(event));
	const page = earliest(events, (event) => event.type === 'page.delivered');
	return {
		impactStarted: earliest(events, (event) => event.type === 'impact.started' && byPerson(event)),
		alertFired: earliest(events, (event) => event.type === 'alert.fired'),
		acknowledged,
		declared,
		recognised: earliest(
			[acknowledged, declared].filter((event) => event !== null),
			byPerson
		),
		created: declared ?? page ?? earliest(events, (event) => event.type === 'alert.fired'),
		identified: earliest(
			events,
			(event) =>
				event.type === 'hypothesis.confirmed' || (event.type === 'status.changed' && event.payload.to === 'identified')
		),
		...endings(events)
	};
}

/** Mitigated is the last time the status came to say so and stayed; resolved the last resolution not reopened. */
function endings(events: readonly ReadableEvent[]): Claims {
	let mitigated: ReadableEvent | null = null;
	let resolved: ReadableEvent | null = null;
	for (const event of events) {
		if (event.type === 'status.changed') {
			const { to } = event.payload;
			mitigated = MENDED.has(to) ? (mitigated ?? event) : null;
			resolved = to === 'resolved' ? event : to === 'closed' ? resolved : null;
		} else if (event.type === 'incident.reopened') {
			mitigated = null;
			resolved = null;
		}
	}
	return { mitigated, resolved };
}

/** The earliest by incident time: what was recorded late stands where it belongs. */
export function earliest(
	events: readonly ReadableEvent[],
	matches: (event: ReadableEvent) => boolean
): ReadableEvent | null {
	let first: ReadableEvent | null = null;
	for (const event of events) {
		if (matches(event) && (first === null || event.occurredAt < first.occurredAt)) first = event;
	}
	return first;
}

function byPerson(event: ReadableEvent): boolean {
	return event.actor.kind === 'participant';
}
