import { loadOwnScenario, loadScenarioPage } from '$lib/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, cookies }) => ({
	...(await loadScenarioPage(params.id)),
	...(await loadOwnScenario(params.id, cookies))
});
