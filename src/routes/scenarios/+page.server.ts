import { listBrokenScenarios, listScenarios, loadLibrary } from '$lib/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ cookies }) => ({
	scenarios: listScenarios(),
	brokenScenarios: listBrokenScenarios(),
	...(await loadLibrary(cookies))
});
