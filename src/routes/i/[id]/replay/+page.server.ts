import { loadReplay } from '$lib/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, cookies }) => loadReplay(params.id, cookies);
