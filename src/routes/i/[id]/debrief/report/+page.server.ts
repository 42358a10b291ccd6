import { loadDebrief } from '$lib/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, cookies }) => loadDebrief(params.id, cookies);
