import { endpoint } from '$lib/server/api/endpoint.ts';
import { askedBy } from '$lib/server/debrief/asking.ts';
import { withdrawShare } from '$lib/server/debrief/share-links.ts';

/** Withdraws a link: whoever opens it from now on reads that it was withdrawn. */
export const DELETE = endpoint('read', async (event, muster) => {
	const asked = await askedBy(event, muster);
	return asked.ok ? withdrawShare(muster, asked.live, asked, event.params.link ?? '') : asked;
});
