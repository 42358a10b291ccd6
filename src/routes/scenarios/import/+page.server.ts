import { listArchetypes } from '$lib/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({
	topologies: listArchetypes(),
	incident: (url.searchParams.get('incident') ?? '').slice(0, 80)
});
