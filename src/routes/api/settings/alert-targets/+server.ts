import { adminEndpoint } from '$lib/server/api/endpoint.ts';
import { readJson } from '$lib/server/api/body.ts';
import { alertTargetIdSchema, alertTargetSchema } from '$lib/server/api/requests.schema.ts';

/** Where alerts of exercises may go. For the administrator, as all of this. */
export const GET = adminEndpoint('read', async (_event, { outgoing }) => ({ targets: outgoing.targets() }));

/** Allows another target. */
export const POST = adminEndpoint('start', async ({ request }, { outgoing }) => {
	const read = await readJson(request, alertTargetSchema);
	return read.ok ? outgoing.add(read.value.kind, read.value.url) : read;
});

/** Takes a target's leave back. */
export const DELETE = adminEndpoint('start', async ({ request }, { outgoing }) => {
	const read = await readJson(request, alertTargetIdSchema);
	return read.ok ? outgoing.remove(read.value.id) : read;
});
