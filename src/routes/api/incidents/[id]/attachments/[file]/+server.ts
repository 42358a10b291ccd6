import { refuse } from '$lib/incident/refusal.ts';
import { download } from '$lib/server/api/attachments.ts';
import { endpoint } from '$lib/server/api/endpoint.ts';
import { isAdminRequest, readerOf, tokenOf } from '$lib/server/auth/visitor.ts';

/** A file of an incident, for those who are in it. */
export const GET = endpoint('read', async ({ request, params, cookies }, muster) => {
	const found = await muster.hub.find(params.id ?? '');
	if (!found.ok) return found;
	const { live } = found;
	const inside =
		readerOf(live, tokenOf(request, cookies, live.incidentId)) !== null ||
		(await isAdminRequest(muster, request, cookies));
	if (!inside) return refuse('forbidden', 'Join the incident first, then open its files.');
	const file = await muster.storage.readAttachment(live.incidentId, params.file ?? '');
	return file ? download(file) : refuse('unknown_id', 'There is no such file in this incident.');
});
