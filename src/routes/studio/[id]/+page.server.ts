import { loadStudioDocument } from '$lib/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, cookies }) => loadStudioDocument(params.id, cookies);
