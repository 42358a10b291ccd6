import { adminEndpoint } from '$lib/server/api/endpoint.ts';
import { jsonSchemas } from '$lib/server/studio/schemas.ts';

/** The JSON Schemas of what authors write, by the names of their files. */
export const GET = adminEndpoint('read', () => Promise.resolve(jsonSchemas()));
