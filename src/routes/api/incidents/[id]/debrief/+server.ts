import { refuse } from '$lib/incident/refusal.ts';
import { debriefOf } from '$lib/server/api/debrief.ts';
import { endpoint } from '$lib/server/api/endpoint.ts';
import { readWeights } from '$lib/server/debrief/weights.ts';
import { isAdminRequest, readerOf, tokenOf } from '$lib/server/auth/visitor.ts';

/** Milestones, timeline and scorecard of an incident, as far as whoever asks may see it. */
export const GET = endpoint('read', async ({ request, params, cookies }, muster) => {
	const found = await muster.hub.find(params.id ?? '');
	if (!found.ok) return found;
	const { live } = found;
	const reader = readerOf(live, tokenOf(request, cookies, live.incidentId));
	const inside = reader !== null || (await isAdminRequest(muster, request, cookies));
	if (live.stored.origin === 'real' && !inside) {
		return refuse('forbidden', 'This is a real incident: only those who are in it may read its debrief.');
	}
	return debriefOf(live, reader, await readWeights(muster.storage));
});
