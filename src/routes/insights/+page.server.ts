import { loadInsights } from '$lib/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, cookies }) => loadInsights(url.searchParams, cookies);
