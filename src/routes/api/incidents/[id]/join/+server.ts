import { readJson } from '$lib/server/api/body.ts';
import { rememberMember } from '$lib/server/api/cookies.ts';
import { endpoint } from '$lib/server/api/endpoint.ts';
import { joinSchema } from '$lib/server/api/requests.schema.ts';
import { join } from '$lib/server/runs/admission.ts';

/** Joins an incident; the token that comes back opens its sockets. */
export const POST = endpoint('join', async ({ request, params, cookies, url }, { hub }) => {
	const read = await readJson(request, joinSchema);
	if (!read.ok) return read;
	const found = await hub.find(params.id ?? '');
	if (!found.ok) return found;
	const answer = await join(found.live, hub, read.value);
	if (!answer.ok) return answer;
	rememberMember(cookies, url, found.live.incidentId, answer.joined.token);
	return answer.joined;
});
