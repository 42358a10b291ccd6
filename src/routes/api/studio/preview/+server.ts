import { readJson } from '$lib/server/api/body.ts';
import { adminEndpoint } from '$lib/server/api/endpoint.ts';
import { previewScenario } from '$lib/server/api/studio.ts';
import { checkFiles } from '$lib/server/studio/files.ts';
import { MOST_STUDIO_BYTES, previewSchema } from '$lib/server/studio/requests.schema.ts';

/** Reads a scenario as it is being written and, where it loads, plays it with every policy. Stores nothing. */
export const POST = adminEndpoint('preview', async ({ request }, muster) => {
	const read = await readJson(request, previewSchema, MOST_STUDIO_BYTES);
	if (!read.ok) return read;
	return checkFiles(read.value.files) ?? previewScenario(muster, read.value);
});
