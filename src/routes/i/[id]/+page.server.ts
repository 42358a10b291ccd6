import { loadRoom } from '$lib/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, cookies }) => loadRoom(params.id, cookies);
