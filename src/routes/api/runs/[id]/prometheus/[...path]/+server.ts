import { toolEndpoint } from '$lib/server/prometheus/endpoint.ts';

/** The HTTP API of Prometheus over a run, for people's own tools: `api/v1/…`, `metrics`, `federate`. */
export const GET = toolEndpoint;
export const POST = toolEndpoint;
