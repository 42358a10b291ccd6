import { countPlays, listBrokenScenarios, listScenarios } from '$lib/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async () => ({
	scenarios: listScenarios(),
	brokenScenarios: listBrokenScenarios(),
	plays: await countPlays()
});
