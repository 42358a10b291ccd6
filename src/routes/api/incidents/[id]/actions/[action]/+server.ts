import { refuse } from '$lib/incident/refusal.ts';
import { changeAction } from '$lib/server/api/change-action.ts';
import { readJson } from '$lib/server/api/body.ts';
import { endpoint } from '$lib/server/api/endpoint.ts';
import { actionStatusSchema } from '$lib/server/api/requests.schema.ts';
import { readerOf, tokenOf } from '$lib/server/auth/visitor.ts';

/** Says how far an action is: `{ "status": "complete" }`. For those who took part. */
export const PUT = endpoint('read', async ({ request, params, cookies }, muster) => {
	const read = await readJson(request, actionStatusSchema);
	if (!read.ok) return read;
	const found = await muster.hub.find(params.id ?? '');
	if (!found.ok) return found;
	const reader = readerOf(found.live, tokenOf(request, cookies, found.live.incidentId));
	if (!reader) return refuse('forbidden', 'Only those who took part change its actions: open the room and join first.');
	return changeAction(muster, found.live, reader, params.action ?? '', read.value.status);
});
