// What the organisation has set about its figures.

import { DEFAULT_SETTINGS, targetsOf, type AnalyticsSettings, type Targets } from '../../analytics/settings.ts';
import { DEFAULT_SEVERITY_POLICY } from '../../incident/severity.ts';
import { severityPolicySchema } from '../api/requests.schema.ts';
import type { Storage } from '../db/storage.ts';
import { analyticsSettingsSchema } from './settings.schema.ts';

export const ANALYTICS_SETTING = 'analytics';
const SEVERITY_SETTING = 'severity_policy';

export async function readAnalyticsSettings(
	storage: Storage
): Promise<{ settings: AnalyticsSettings; targets: Targets }> {
	const [own, severity] = await Promise.all([
		storage.readSetting(ANALYTICS_SETTING),
		storage.readSetting(SEVERITY_SETTING)
	]);
	const settings = analyticsSettingsSchema.safeParse(own);
	const policy = severityPolicySchema.safeParse(severity);
	return {
		settings: settings.success ? settings.data : DEFAULT_SETTINGS,
		targets: targetsOf(policy.success ? policy.data : DEFAULT_SEVERITY_POLICY)
	};
}
