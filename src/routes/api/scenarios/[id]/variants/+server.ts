import { refuse } from '$lib/incident/refusal.ts';
import type { VariantList } from '$lib/protocol/variants.ts';
import { endpoint } from '$lib/server/api/endpoint.ts';

/** Under which other circumstances a scenario can be played. */
export const GET = endpoint('read', async ({ params }, { scenarios }) => {
	const { id = '' } = params;
	if (!scenarios.find(id)) return refuse('unknown_id', 'There is no such scenario. Choose one from the start page.');
	return { variants: scenarios.variants(id) } satisfies VariantList;
});
