import { refuse } from '$lib/incident/refusal.ts';
import { endpoint } from '$lib/server/api/endpoint.ts';
import { mayLookBack, seesTruth } from '$lib/server/debrief/access.ts';
import { askedBy } from '$lib/server/debrief/asking.ts';
import { momentOf } from '$lib/server/debrief/moment-of.ts';
import { Replays } from '$lib/server/debrief/replays.ts';

/** The simulated system at one moment: `?at=` simulated milliseconds, or `?events=` how many events had happened. */
export const GET = endpoint('seek', async (event, muster) => {
	const asked = await askedBy(event, muster);
	if (!asked.ok) return asked;
	const { live, reader, admin } = asked;
	const closed = admin ? null : mayLookBack(live, reader);
	if (closed) return closed;
	const [at, events] = [number(event.url, 'at'), number(event.url, 'events')];
	if (at === null && events === null) return refuse('malformed', 'Say when: ?at= simulated milliseconds.');
	const replays = Replays.of(muster);
	const found = events === null ? await replays.at(live, at ?? 0) : await replays.afterEvents(live, events);
	if (!found.ok) return found;
	const { rewind, state } = found;
	return momentOf(rewind.engine, state, { latest: rewind.latest, truth: seesTruth(live, reader) });
});

function number(url: URL, name: string): number | null {
	const text = url.searchParams.get(name);
	const value = text === null || !/^\d{1,12}$/.test(text) ? NaN : Number(text);
	return Number.isFinite(value) ? value : null;
}
