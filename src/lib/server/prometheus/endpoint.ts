import type { RequestEvent } from '@sveltejs/kit';
import { musterReady, type Muster } from '../muster.ts';
import { RequestRates } from '../api/request-rates.ts';
import { answerTool } from './api.ts';
import { errorEnvelope } from './envelope.ts';

const rates = new WeakMap<Muster, RequestRates>();

/** A handler for `+server.ts`: a rate per address, then the API. Everything is answered in Prometheus' envelope. */
export async function toolEndpoint({ request, url, params, getClientAddress }: RequestEvent): Promise<Response> {
	const muster = await musterReady().catch(() => null);
	if (!muster) return later(503, 'Muster is starting');
	const known = rates.get(muster) ?? new RequestRates(muster.monotonic);
	rates.set(muster, known);
	if (!known.take('tool', getClientAddress())) return later(429, 'too many requests from this address');
	return answerTool(muster, { incidentId: params.id ?? '', path: params.path ?? '', request, url });
}

function later(status: number, message: string): Response {
	return Response.json(errorEnvelope('unavailable', message), { status, headers: { 'retry-after': '2' } });
}
