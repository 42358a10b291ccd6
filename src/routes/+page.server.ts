import { isAdmin, listBrokenScenarios, listIncidents, listFeatured, readSeverityPolicy } from '$lib/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, cookies }) => {
	const search = url.searchParams.get('q')?.trim().slice(0, 100) ?? '';
	return {
		search,
		...listFeatured(),
		brokenScenarios: listBrokenScenarios(),
		incidents: await listIncidents({ search }),
		policy: await readSeverityPolicy(),
		admin: await isAdmin(cookies)
	};
};
