import { endpoint } from '$lib/server/api/endpoint.ts';
import { statusOf } from '$lib/server/pages/status-page.ts';

/** What the public status page says. */
export const GET = endpoint('read', async ({ params }, { hub }) => {
	const found = await hub.find(params.id ?? '');
	return found.ok ? statusOf(found.live) : found;
});
