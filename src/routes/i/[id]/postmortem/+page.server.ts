import { loadPostmortem } from '$lib/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, cookies }) => loadPostmortem(params.id, cookies);
