import { loadStudio } from '$lib/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ cookies }) => loadStudio(cookies);
