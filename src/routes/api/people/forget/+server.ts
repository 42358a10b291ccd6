import { readJson } from '$lib/server/api/body.ts';
import { adminEndpoint } from '$lib/server/api/endpoint.ts';
import { forgetByName } from '$lib/server/api/forget.ts';
import { forgetSchema } from '$lib/server/api/requests.schema.ts';

/** Replaces a name wherever somebody took part under it. For the administrator. */
export const POST = adminEndpoint('start', async ({ request }, muster) => {
	const read = await readJson(request, forgetSchema);
	return read.ok ? { replaced: await forgetByName(muster, read.value.name) } : read;
});
