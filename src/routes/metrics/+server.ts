import { endpoint } from '$lib/server/api/endpoint.ts';

/** Muster's own numbers, as Prometheus reads them. */
export const GET = endpoint('read', async (_event, { metrics }) => {
	const { registry } = metrics;
	return new Response(await registry.metrics(), {
		headers: { 'content-type': registry.contentType, 'cache-control': 'no-store' }
	});
});
