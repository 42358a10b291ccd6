import { refuse } from '$lib/incident/refusal.ts';
import { ACTION_FORMATS, ACTION_TYPES, writeActions } from '$lib/server/api/actions.ts';
import { endpoint } from '$lib/server/api/endpoint.ts';
import { loadActions } from '$lib/server/index.ts';

/** The actions of all incidents that the reader may know: `?format=csv`, `json`, `md` or `ics`. */
export const GET = endpoint('read', async ({ cookies, url }) => {
	const wanted = url.searchParams.get('format') ?? 'json';
	const format = ACTION_FORMATS.find((known) => known === wanted);
	if (!format) return refuse('malformed', `Choose one of the formats ${ACTION_FORMATS.join(', ')}.`);
	const { actions, today } = await loadActions(cookies);
	const plain = actions.map(({ mayChange: _mayChange, ...action }) => action);
	return new Response(writeActions(format, plain, today), {
		headers: {
			'content-type': ACTION_TYPES[format],
			'content-disposition': `attachment; filename="muster-actions.${format}"`,
			'cache-control': 'no-store'
		}
	});
});
