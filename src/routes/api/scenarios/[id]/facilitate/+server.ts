import { refuse } from '$lib/incident/refusal.ts';
import { endpoint } from '$lib/server/api/endpoint.ts';
import { rememberBrowser } from '$lib/server/auth/browser.ts';

/** Somebody at this browser facilitates the scenario: its truth is shown there from now on, and later runs count for no path. */
export const POST = endpoint('read', async ({ params, cookies, url }, { scenarios, storage, hub }) => {
	const compiled = scenarios.find(params.id ?? '');
	if (!compiled) return refuse('unknown_id', 'There is no scenario of that name: choose one from the library.');
	await storage.addSpoiler(rememberBrowser(cookies, url), compiled.scenario.id, hub.context.now());
	return { shown: true };
});
