import { loadDebrief, loadRunChecks } from '$lib/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, cookies }) => ({
	...(await loadDebrief(params.id, cookies)),
	checks: await loadRunChecks(params.id, cookies)
});
