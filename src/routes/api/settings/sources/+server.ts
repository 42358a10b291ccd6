import { readJson } from '$lib/server/api/body.ts';
import { adminEndpoint } from '$lib/server/api/endpoint.ts';
import { makeSource } from '$lib/server/intake/sources.ts';
import { newSourceSchema } from '$lib/server/intake/sources.schema.ts';

/** The alert sources. For the administrator. */
export const GET = adminEndpoint('read', (_event, { storage }) => storage.listSources());

/** Makes one; its token is in the answer, and nowhere else. */
export const POST = adminEndpoint('start', async ({ request }, muster) => {
	const read = await readJson(request, newSourceSchema);
	return read.ok ? makeSource(muster, read.value) : read;
});
