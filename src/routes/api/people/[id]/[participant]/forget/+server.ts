import { readJson } from '$lib/server/api/body.ts';
import { adminEndpoint } from '$lib/server/api/endpoint.ts';
import { forgetOne } from '$lib/server/api/forget.ts';
import { forgetOneSchema } from '$lib/server/api/requests.schema.ts';

/** Replaces one participant's name, and with `everywhere` that name in all incidents. For the administrator. */
export const POST = adminEndpoint('start', async ({ request, params }, muster) => {
	const read = await readJson(request, forgetOneSchema);
	if (!read.ok) return read;
	const { id = '', participant = '' } = params;
	return { replaced: await forgetOne(muster, id, participant, read.value.everywhere ?? false) };
});
