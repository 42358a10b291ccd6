import { readJson } from '$lib/server/api/body.ts';
import { rememberMember } from '$lib/server/api/cookies.ts';
import { endpoint } from '$lib/server/api/endpoint.ts';
import { joinSchema } from '$lib/server/api/requests.schema.ts';
import { noteRun } from '$lib/server/auth/browser.ts';
import { isAdminRequest } from '$lib/server/auth/visitor.ts';
import { join } from '$lib/server/runs/admission.ts';

/** Joins an incident; the token that comes back opens its sockets. */
export const POST = endpoint('join', async ({ request, params, cookies, url }, muster) => {
	const { hub, storage } = muster;
	const read = await readJson(request, joinSchema);
	if (!read.ok) return read;
	const found = await hub.find(params.id ?? '');
	if (!found.ok) return found;
	const admin = found.live.stored.origin === 'real' && (await isAdminRequest(muster, request, cookies));
	const answer = await join(found.live, hub, read.value, admin);
	if (!answer.ok) return answer;
	rememberMember(cookies, url, found.live.incidentId, answer.joined.token);
	const { incidentId } = found.live;
	if (found.live.stored.origin === 'practice')
		await noteRun(storage, cookies, url, { incidentId, participantId: answer.joined.participantId });
	return answer.joined;
});
