import {
	isAdmin,
	listBrokenScenarios,
	listFeatured,
	listIncidents,
	loadNextStep,
	loadReminders,
	readSeverityPolicy
} from '$lib/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, cookies }) => {
	const search = url.searchParams.get('q')?.trim().slice(0, 100) ?? '';
	return {
		search,
		...listFeatured(),
		brokenScenarios: listBrokenScenarios(),
		incidents: await listIncidents({ search }),
		policy: await readSeverityPolicy(),
		reminders: await loadReminders(cookies),
		next: await loadNextStep(cookies),
		admin: await isAdmin(cookies)
	};
};
