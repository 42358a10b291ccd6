import { readJson } from '$lib/server/api/body.ts';
import { endpoint } from '$lib/server/api/endpoint.ts';
import { rehearse } from '$lib/server/api/rehearse.ts';
import { rehearsalSchema } from '$lib/server/api/requests.schema.ts';

/** Escapes may double the size of a text in JSON. */
const MOST_BYTES = 2 * 1024 * 1024;

/** Rehearses a rule file over the scenarios; answers a line of JSON per step. */
export const POST = endpoint('rehearse', async ({ request }, muster) => {
	const read = await readJson(request, rehearsalSchema, MOST_BYTES);
	return read.ok ? rehearse(muster, read.value) : read;
});
