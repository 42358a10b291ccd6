import { readJson } from '$lib/server/api/body.ts';
import { adminEndpoint, endpoint } from '$lib/server/api/endpoint.ts';
import { severityPolicySchema } from '$lib/server/api/requests.schema.ts';
import { readSeverityPolicy } from '$lib/server/index.ts';
import { SEVERITY_SETTING } from '$lib/server/pages/settings.ts';

/** The classification of severities. */
export const GET = endpoint('read', () => readSeverityPolicy());

/** Replaces it, for incidents that begin from now on. For the administrator. */
export const PUT = adminEndpoint('start', async ({ request }, { storage, hub }) => {
	const read = await readJson(request, severityPolicySchema);
	if (!read.ok) return read;
	await storage.writeSetting(SEVERITY_SETTING, read.value, hub.context.now());
	return read.value;
});
