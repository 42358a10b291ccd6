import { adminEndpoint } from '$lib/server/api/endpoint.ts';
import { importOverHttp } from '$lib/server/intake/over-http.ts';

/**
 * Imports real incidents, or events of them. The body is the file (CSV, JSON or NDJSON); the options stand in the address:
 * `mode` (preview, check, import), `zone`, `order`, `source`, `map=theirs=ours`, … Check and import answer with NDJSON: lines of
 * progress, then the report. For the administrator.
 */
export const POST = adminEndpoint('import', ({ request, url }, muster) => importOverHttp(request, url, muster));
