import { loadStatusPage } from '$lib/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params }) => loadStatusPage(params.id);
