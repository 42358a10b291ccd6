import { adminEndpoint } from '$lib/server/api/endpoint.ts';
import { readJson } from '$lib/server/api/body.ts';
import { alertTargetIdSchema } from '$lib/server/api/requests.schema.ts';

/** Sends one alert that says it is a test. For the administrator. */
export const POST = adminEndpoint('start', async ({ request }, { outgoing }) => {
	const read = await readJson(request, alertTargetIdSchema);
	return read.ok ? outgoing.try(read.value.id) : read;
});
