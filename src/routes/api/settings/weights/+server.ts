import { readJson } from '$lib/server/api/body.ts';
import { adminEndpoint, endpoint } from '$lib/server/api/endpoint.ts';
import { weightsSchema } from '$lib/server/debrief/weights.schema.ts';
import { currentWeights, WEIGHTS_SETTING } from '$lib/server/debrief/weights.ts';

/** What each group of the scorecard counts, by its id. */
export const GET = endpoint('read', (_event, { storage }) => currentWeights(storage));

/** Replaces it, for every scorecard from now on. For the administrator. */
export const PUT = adminEndpoint('start', async ({ request }, { storage, hub }) => {
	const read = await readJson(request, weightsSchema);
	if (!read.ok) return read;
	await storage.writeSetting(WEIGHTS_SETTING, read.value, hub.context.now());
	return read.value;
});
