import { refuse } from '$lib/incident/refusal.ts';
import { endpoint } from '$lib/server/api/endpoint.ts';
import { readerOf, tokenOf } from '$lib/server/auth/visitor.ts';
import { renewToolToken, toolToken } from '$lib/server/prometheus/access.ts';

const OUTSIDE = refuse('forbidden', 'Join the run first, then connect your tools to it.');
const NOT_HOST = refuse('forbidden', 'Only the host makes a new token: the old one ends for everybody.');

/** The token with which people's own tools may ask about this run. For those who are in it. */
export const GET = endpoint('read', async ({ request, params, cookies }, { hub, storage }) => {
	const found = await hub.find(params.id ?? '');
	if (!found.ok) return found;
	const { live } = found;
	if (!readerOf(live, tokenOf(request, cookies, live.incidentId))) return OUTSIDE;
	if (live.stored.origin === 'real')
		return refuse('wrong_state', 'A real incident has no simulated system to ask about.');
	return { token: await toolToken(storage, live.incidentId) };
});

/** Makes the token worthless and gives another. For the host. */
export const POST = endpoint('start', async ({ request, params, cookies }, { hub, storage }) => {
	const found = await hub.find(params.id ?? '');
	if (!found.ok) return found;
	const { live } = found;
	const reader = readerOf(live, tokenOf(request, cookies, live.incidentId));
	if (!reader) return OUTSIDE;
	if (!reader.host) return NOT_HOST;
	return { token: await renewToolToken(storage, live.incidentId, hub.context.now()) };
});
