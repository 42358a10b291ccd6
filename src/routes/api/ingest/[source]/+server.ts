import { endpoint } from '$lib/server/api/endpoint.ts';
import { ingest } from '$lib/server/intake/ingest.ts';

/**
 * Alerts in: `alertmanager` takes the webhook of Alertmanager (version 4), `alerts` Muster's own form. With the token of the
 * source as bearer. Sent again, nothing is done twice.
 */
export const POST = endpoint('ingest', ({ request, params }, muster) => ingest(muster, params.source ?? '', request));
