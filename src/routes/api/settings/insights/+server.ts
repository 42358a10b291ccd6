import { readJson } from '$lib/server/api/body.ts';
import { adminEndpoint, endpoint } from '$lib/server/api/endpoint.ts';
import { analyticsSettingsSchema } from '$lib/server/insights/settings.schema.ts';
import { ANALYTICS_SETTING, readAnalyticsSettings } from '$lib/server/insights/settings.ts';

/** How figures are made: window of repeats, post-mortems due, rates of downtime, whether teams are shown. */
export const GET = endpoint('read', async (_event, { storage }) => (await readAnalyticsSettings(storage)).settings);

/** Replaces it. For the administrator. */
export const PUT = adminEndpoint('start', async ({ request }, { storage, hub }) => {
	const read = await readJson(request, analyticsSettingsSchema);
	if (!read.ok) return read;
	await storage.writeSetting(ANALYTICS_SETTING, read.value, hub.context.now());
	return read.value;
});
