import { endpoint } from '$lib/server/api/endpoint.ts';
import { readJson } from '$lib/server/api/body.ts';
import { isAdminRequest, readerOf, tokenOf } from '$lib/server/auth/visitor.ts';
import { classify } from '$lib/server/insights/classify.ts';
import { classificationSchema } from '$lib/server/insights/settings.schema.ts';

/** Says of what class an incident was, which services it concerned and which team responded; for its host and the administrator. */
export const PUT = endpoint('join', async ({ request, params, cookies }, muster) => {
	const found = await muster.hub.find(params.id ?? '');
	if (!found.ok) return found;
	const { live } = found;
	const reader = readerOf(live, tokenOf(request, cookies, live.incidentId));
	const admin = await isAdminRequest(muster, request, cookies);
	const read = await readJson(request, classificationSchema);
	if (!read.ok) return read;
	return classify(live, read.value, { reader, admin });
});
