import { readJson } from '$lib/server/api/body.ts';
import { adminEndpoint } from '$lib/server/api/endpoint.ts';
import { createSchema, MOST_STUDIO_BYTES } from '$lib/server/studio/requests.schema.ts';
import { create } from '$lib/server/studio/studio.ts';

/** Begins a scenario: as a copy, as a starter on a topology, or from the files of a folder. */
export const POST = adminEndpoint('upload', async ({ request }, muster) => {
	const read = await readJson(request, createSchema, MOST_STUDIO_BYTES);
	if (!read.ok) return read;
	const answer = await create(muster, read.value);
	return answer.ok ? answer.created : answer;
});
