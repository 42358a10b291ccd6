import { refuse } from '$lib/incident/refusal.ts';
import { readJson } from '$lib/server/api/body.ts';
import { adminEndpoint } from '$lib/server/api/endpoint.ts';
import { MOST_STUDIO_BYTES, saveSchema } from '$lib/server/studio/requests.schema.ts';
import { openDocument, remove, save } from '$lib/server/studio/studio.ts';

/** The latest version, with the list of all. */
export const GET = adminEndpoint('read', async ({ params }, muster) => {
	const document = await openDocument(muster, params.id ?? '');
	return document ?? refuse('unknown_id', 'There is no scenario of that name.');
});

/** Saves a version on top of the one that was read; refused where somebody else has saved since. */
export const PUT = adminEndpoint('upload', async ({ params, request }, muster) => {
	const read = await readJson(request, saveSchema, MOST_STUDIO_BYTES);
	if (!read.ok) return read;
	const answer = await save(muster, params.id ?? '', read.value);
	return answer.ok ? answer.saved : answer;
});

/** Takes it out with all its versions. Runs keep what they were played with. */
export const DELETE = adminEndpoint('upload', async ({ params }, muster) => remove(muster, params.id ?? ''));
