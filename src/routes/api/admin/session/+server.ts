import { refuse } from '$lib/incident/refusal.ts';
import { readJson } from '$lib/server/api/body.ts';
import { forgetAdmin, rememberAdmin } from '$lib/server/api/cookies.ts';
import { endpoint } from '$lib/server/api/endpoint.ts';
import { adminSessionSchema } from '$lib/server/api/requests.schema.ts';
import { closeAdminSession, openAdminSession } from '$lib/server/auth/admin.ts';

/** Opens an administrator's session with the secret. */
export const POST = endpoint('secret', async ({ request, cookies, url }) => {
	const read = await readJson(request, adminSessionSchema);
	if (!read.ok) return read;
	const session = await openAdminSession(read.value.secret);
	if (!session) return refuse('forbidden', 'That is not the administrator’s secret.');
	rememberAdmin(cookies, url, session.token, session.maxAgeSeconds);
	return { ok: true };
});

/** Closes it. */
export const DELETE = endpoint('secret', async ({ cookies }) => {
	await closeAdminSession(cookies);
	forgetAdmin(cookies);
	return { ok: true };
});
