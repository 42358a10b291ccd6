// When each event became known, and to whom. Some are dated earlier than somebody wrote them down.

import type { Audience } from '../../incident/actor.ts';
import type { IncidentEvent } from '../../incident/event.ts';
import type { SeenBy } from '../../protocol/debrief.ts';
import type { StoredCommand } from '../db/storage.ts';

/**
 * Incident times at which the events of a log were there to be seen, in the order of the log, never falling. In practice an
 * event is known when it is told: with its command, or by its own time. In a real incident it is known when it was recorded.
 */
export function knownAt(
	events: readonly IncidentEvent[],
	commands: readonly Pick<StoredCommand, 'n' | 'at'>[],
	startsAt: number
): number[] {
	const given = new Map(commands.map(({ n, at }) => [n, at]));
	let latest = startsAt;
	return events.map((event) => {
		const own = event.simMs === null ? (given.get(event.causedBy ?? 0) ?? event.occurredAt) : event.occurredAt;
		// What follows from a command in time (its output, its end) has a time of its own after it.
		latest = Math.max(latest, own, event.causedBy === null ? 0 : (given.get(event.causedBy) ?? 0));
		return latest;
	});
}

export function seenBy(audience: Audience): SeenBy {
	switch (audience.kind) {
		case 'everyone':
			return 'everyone';
		case 'seats':
			return audience.seats;
		case 'truth':
			return 'truth';
		case 'answers':
			return 'self';
		case 'facilitator':
		case 'sealed':
			return 'facilitator';
	}
}
