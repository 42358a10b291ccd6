// The replay's page: the log with when each event became known and to whom; the simulated system comes moment by moment.

import { maySee } from '../../incident/actor.ts';
import { bookmarksFor } from '../debrief/bookmarks.ts';
import { mayLookBack, seesTruth } from '../debrief/access.ts';
import { knownAt, seenBy } from '../debrief/known.ts';
import { replayable, Replays } from '../debrief/replays.ts';
import { isAdmin } from '../auth/admin.ts';
import { muster } from '../muster.ts';
import { roomInfo } from '../projection/room-info.ts';
import { viewerOf } from '../runs/views.ts';
import { fail, findForPage, load, requireInsider } from './found.ts';
import type { CookieReader, ReplayPage } from './types.ts';

export function loadReplay(incidentId: string, cookies: CookieReader): Promise<ReplayPage> {
	return load(async () => {
		const found = await findForPage(incidentId, cookies);
		await requireInsider(found, cookies);
		const { live, me, header, people } = found;
		const closed = (await isAdmin(cookies)) ? null : mayLookBack(live, me);
		if (closed) fail(closed);
		const viewer = viewerOf(live.course.incident, me?.participantId ?? null);
		const truthOpen = seesTruth(live, me);
		const commands = await muster().storage.readCommands(incidentId);
		const begin = live.events.find(({ type }) => type === 'run.began') ?? live.events[0];
		const known = knownAt(live.events, commands, begin?.occurredAt ?? 0);
		const shown = live.events.map((event, i) => ({ event, known: known[i] ?? 0 }));
		const mine = shown.filter(({ event }) => maySee(event.audience, viewer));
		const can = replayable(live);
		// Played while the page is drawn: the first seek then finds it done.
		if (can.ok) void Replays.of(muster()).end(live);
		return {
			header,
			lifecycle: live.course.incident.lifecycle,
			room: live.compiled && roomInfo(live.compiled, viewer.seats),
			me,
			people,
			truthOpen,
			events: [...live.views.of(viewer, live.events).events],
			knownAt: mine.map((one) => one.known),
			seenBy: mine.map(({ event }) => seenBy(event.audience)),
			bookmarks: bookmarksFor(live, viewer, truthOpen),
			replayable: can
		};
	});
}
