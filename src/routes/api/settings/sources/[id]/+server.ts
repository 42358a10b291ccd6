import { readJson } from '$lib/server/api/body.ts';
import { adminEndpoint } from '$lib/server/api/endpoint.ts';
import { changeSource, revokeSource } from '$lib/server/intake/sources.ts';
import { changeSourceSchema } from '$lib/server/intake/sources.schema.ts';

/** Changes name, grouping and severities of an alert source. For the administrator. */
export const PUT = adminEndpoint('start', async ({ request, params }, muster) => {
	const read = await readJson(request, changeSourceSchema);
	return read.ok ? changeSource(muster, params.id ?? '', read.value) : read;
});

/** Revokes its token for ever. What it sent stays. */
export const DELETE = adminEndpoint('start', ({ params }, muster) => revokeSource(muster, params.id ?? ''));
