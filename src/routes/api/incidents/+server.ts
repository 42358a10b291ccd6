import { readJson } from '$lib/server/api/body.ts';
import { rememberMember } from '$lib/server/api/cookies.ts';
import { adminEndpoint, endpoint } from '$lib/server/api/endpoint.ts';
import { declareRealSchema } from '$lib/server/api/requests.schema.ts';
import { listIncidents, readSeverityPolicy } from '$lib/server/index.ts';
import { declareReal } from '$lib/server/runs/admission.ts';

/** Lists incidents, newest first; `?search=` narrows, `?limit=` bounds. */
export const GET = endpoint('read', ({ url }) => {
	const limit = Number(url.searchParams.get('limit') ?? '50');
	return listIncidents({
		search: url.searchParams.get('search') ?? '',
		limit: Number.isInteger(limit) ? limit : 50
	});
});

/** Declares a real incident. For the administrator. */
export const POST = adminEndpoint('start', async ({ request, cookies, url }, { hub }) => {
	const read = await readJson(request, declareRealSchema);
	if (!read.ok) return read;
	const answer = await declareReal(hub, await readSeverityPolicy(), read.value);
	if (!answer.ok) return answer;
	rememberMember(cookies, url, answer.started.incidentId, answer.started.token);
	return answer.started;
});
