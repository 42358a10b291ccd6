import { readJson } from '$lib/server/api/body.ts';
import { rememberMember } from '$lib/server/api/cookies.ts';
import { endpoint } from '$lib/server/api/endpoint.ts';
import { startRunSchema } from '$lib/server/api/requests.schema.ts';
import { noteRun } from '$lib/server/auth/browser.ts';
import { readSeverityPolicy } from '$lib/server/index.ts';
import { teamAdapter } from '$lib/server/team/adapt.ts';
import { startRun } from '$lib/server/runs/admission.ts';

/** Starts a practice run. */
export const POST = endpoint('start', async ({ request, cookies, url }, muster) => {
	const { hub, scenarios, storage, authored } = muster;
	const read = await readJson(request, startRunSchema);
	if (!read.ok) return read;
	await authored.ready();
	const adapt = await teamAdapter(muster, read.value.system ?? null);
	const answer = await startRun(hub, scenarios, await readSeverityPolicy(), read.value, adapt);
	if (!answer.ok) return answer;
	rememberMember(cookies, url, answer.started.incidentId, answer.started.token);
	await noteRun(storage, cookies, url, answer.started);
	return answer.started;
});
