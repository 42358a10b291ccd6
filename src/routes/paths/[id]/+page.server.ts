import { loadPath } from '$lib/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, cookies }) => ({ path: await loadPath(params.id, cookies) });
