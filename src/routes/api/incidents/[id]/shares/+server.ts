import { readJson } from '$lib/server/api/body.ts';
import { endpoint } from '$lib/server/api/endpoint.ts';
import { askedBy } from '$lib/server/debrief/asking.ts';
import { shareSchema } from '$lib/server/debrief/requests.schema.ts';
import { listShares, makeShare } from '$lib/server/debrief/share-links.ts';

/** Links by which this debrief is read without an account. */
export const GET = endpoint('read', async (event, muster) => {
	const asked = await askedBy(event, muster);
	return asked.ok ? listShares(muster, asked.live, asked) : asked;
});

/** Makes one; its address is answered this once. */
export const POST = endpoint('start', async (event, muster) => {
	const asked = await askedBy(event, muster);
	if (!asked.ok) return asked;
	const read = await readJson(event.request, shareSchema);
	if (!read.ok) return read;
	return makeShare(muster, asked.live, asked, read.value, muster.config.origin ?? event.url.origin);
});
