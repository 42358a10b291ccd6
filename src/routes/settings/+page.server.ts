import { loadSettings, loadTeamFiles } from '$lib/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ cookies }) => ({
	...(await loadSettings(cookies)),
	team: await loadTeamFiles(cookies)
});
