import { loadScenarioPage } from '$lib/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params }) => loadScenarioPage(params.id);
