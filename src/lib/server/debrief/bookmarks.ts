// The moments of a log as one reader may know them.

import { maySee, type Viewer } from '../../incident/actor.ts';
import type { IncidentEvent } from '../../incident/event.ts';
import { momentsOf } from '../../lab/moments.ts';
import type { Bookmark } from '../../protocol/debrief.ts';
import type { LiveIncident } from '../runs/live-incident.ts';

/** What was so behind a moment is told where `truth` is open; evidence is numbered as this viewer's view is. */
export function bookmarksFor(live: LiveIncident, viewer: Viewer, truth: boolean): Bookmark[] {
	const places = placesOf(live.events, viewer);
	return momentsOf(live.events, live.stored.policy).map(({ weight: _weight, because, evidence, ...moment }) => ({
		...moment,
		because: truth ? because : '',
		evidence: evidence.flatMap((seq) => places.get(seq) ?? [])
	}));
}

/** Number in a view by number in the log. */
function placesOf(events: readonly IncidentEvent[], viewer: Viewer): Map<number, number> {
	const places = new Map<number, number>();
	for (const { seq, audience } of events) if (maySee(audience, viewer)) places.set(seq, places.size + 1);
	return places;
}
