import { readJson } from '$lib/server/api/body.ts';
import { endpoint } from '$lib/server/api/endpoint.ts';
import { draftFor } from '$lib/server/authoring/draft.ts';
import { draftSchema, MOST_AUTHORING_BYTES } from '$lib/server/authoring/requests.schema.ts';

/** A draft scenario from a post-mortem. Nothing is kept. */
export const POST = endpoint('simulate', async ({ request }, muster) => {
	const read = await readJson(request, draftSchema, MOST_AUTHORING_BYTES);
	return read.ok ? draftFor(muster, read.value) : read;
});
