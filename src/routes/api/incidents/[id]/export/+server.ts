import { refuse } from '$lib/incident/refusal.ts';
import { endpoint } from '$lib/server/api/endpoint.ts';
import { exportIncident, FORMATS } from '$lib/server/api/export.ts';
import { isAdminRequest, readerOf, tokenOf } from '$lib/server/auth/visitor.ts';

/** The incident as a file: `?format=md`, `json` or `ndjson`. */
export const GET = endpoint('read', async ({ request, params, cookies, url }, muster) => {
	const wanted = url.searchParams.get('format') ?? 'ndjson';
	const format = FORMATS.find((known) => known === wanted);
	if (!format) return refuse('malformed', `Choose one of the formats ${FORMATS.join(', ')}.`);
	const found = await muster.hub.find(params.id ?? '');
	if (!found.ok) return found;
	const { live } = found;
	const reader = readerOf(live, tokenOf(request, cookies, live.incidentId));
	const admin = await isAdminRequest(muster, request, cookies);
	if (live.stored.origin === 'real' && !reader && !admin) {
		return refuse('forbidden', 'This is a real incident: only those who are in it may take its log away.');
	}
	const exported = await exportIncident(muster, live, format, { reader, admin });
	if (!exported.ok) return exported;
	return new Response(exported.text, {
		headers: {
			'content-type': exported.contentType,
			'content-disposition': `attachment; filename="${exported.fileName}"`,
			'cache-control': 'no-store'
		}
	});
});
