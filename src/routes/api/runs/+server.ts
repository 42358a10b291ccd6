import { readJson } from '$lib/server/api/body.ts';
import { rememberMember } from '$lib/server/api/cookies.ts';
import { endpoint } from '$lib/server/api/endpoint.ts';
import { startRunSchema } from '$lib/server/api/requests.schema.ts';
import { readSeverityPolicy } from '$lib/server/index.ts';
import { startRun } from '$lib/server/runs/admission.ts';

/** Starts a practice run. */
export const POST = endpoint('start', async ({ request, cookies, url }, { hub, scenarios, authored }) => {
	const read = await readJson(request, startRunSchema);
	if (!read.ok) return read;
	await authored.ready();
	const answer = await startRun(hub, scenarios, await readSeverityPolicy(), read.value);
	if (!answer.ok) return answer;
	rememberMember(cookies, url, answer.started.incidentId, answer.started.token);
	return answer.started;
});
