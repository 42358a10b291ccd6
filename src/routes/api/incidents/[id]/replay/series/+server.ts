import { refuse } from '$lib/incident/refusal.ts';
import { endpoint } from '$lib/server/api/endpoint.ts';
import { mayLookBack } from '$lib/server/debrief/access.ts';
import { askedBy } from '$lib/server/debrief/asking.ts';
import { Replays } from '$lib/server/debrief/replays.ts';
import { MOST_PANELS, seriesOf } from '$lib/server/debrief/series.ts';

/** Panels over the whole run: `?panels=all-errors,core-api-latency`. */
export const GET = endpoint('read', async (event, muster) => {
	const asked = await askedBy(event, muster);
	if (!asked.ok) return asked;
	const { live, reader, admin } = asked;
	const closed = admin ? null : mayLookBack(live, reader);
	if (closed) return closed;
	const wanted = (event.url.searchParams.get('panels') ?? '').split(',').filter((id) => id !== '');
	if (wanted.length === 0 || wanted.length > MOST_PANELS)
		return refuse('malformed', `Name one to ${MOST_PANELS} panels: ?panels=all-errors.`);
	const found = await Replays.of(muster).end(live);
	if (!found.ok) return found;
	return seriesOf(found.rewind.engine, found.state, wanted);
});
