import { refuse } from '$lib/incident/refusal.ts';
import { endpoint } from '$lib/server/api/endpoint.ts';
import { readTeamFiles } from '$lib/server/team/files.ts';

/** A team's own systems on which `?scenario=` can be played. */
export const GET = endpoint('read', async ({ url }, muster) => {
	const compiled = muster.scenarios.find(url.searchParams.get('scenario') ?? '');
	if (!compiled) return refuse('unknown_id', 'There is no such scenario.');
	const { systems } = await readTeamFiles(muster);
	return {
		systems: systems.filter(({ base }) => base === compiled.topology.id).map(({ id, name }) => ({ id, name }))
	};
});
