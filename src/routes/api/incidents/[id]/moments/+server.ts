import { endpoint } from '$lib/server/api/endpoint.ts';
import { mayLookBack, seesTruth } from '$lib/server/debrief/access.ts';
import { askedBy } from '$lib/server/debrief/asking.ts';
import { bookmarksFor } from '$lib/server/debrief/bookmarks.ts';
import { viewerOf } from '$lib/server/runs/views.ts';

/** The three to five moments that Muster has bookmarked. */
export const GET = endpoint('read', async (event, muster) => {
	const asked = await askedBy(event, muster);
	if (!asked.ok) return asked;
	const { live, reader, admin } = asked;
	const closed = admin ? null : mayLookBack(live, reader);
	if (closed) return closed;
	const viewer = viewerOf(live.course.incident, reader?.participantId ?? null);
	return { moments: bookmarksFor(live, viewer, seesTruth(live, reader)) };
});
