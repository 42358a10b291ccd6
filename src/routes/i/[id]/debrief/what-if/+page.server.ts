import { loadWhatIf } from '$lib/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, cookies }) => loadWhatIf(params.id, cookies);
