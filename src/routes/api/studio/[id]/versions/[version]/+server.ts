import { refuse } from '$lib/incident/refusal.ts';
import { adminEndpoint } from '$lib/server/api/endpoint.ts';

/** The files of one version. */
export const GET = adminEndpoint('read', async ({ params }, { storage }) => {
	const version = Number(params.version);
	const known = Number.isInteger(version) && version > 0 && version < 2 ** 31;
	const files = known ? await storage.readAuthoredFiles(params.id ?? '', version) : null;
	return files ? { files } : refuse('unknown_id', 'There is no such version.');
});
