// What the organisation has set.

import { DEFAULT_SEVERITY_POLICY, type SeverityPolicy } from '../../incident/severity.ts';
import { severityPolicySchema } from '../api/requests.schema.ts';
import { isAdmin } from '../auth/admin.ts';
import { ADAPTERS } from '../intake/adapters/index.ts';
import { muster } from '../muster.ts';
import { readWeights } from '../debrief/weights.ts';
import { load } from './found.ts';
import type { CookieReader, SettingsPage } from './types.ts';

export const SEVERITY_SETTING = 'severity_policy';

/** The classification that new incidents follow; those that exist keep the one they began with. */
export function readSeverityPolicy(): Promise<SeverityPolicy> {
	return load(async () => {
		const stored = severityPolicySchema.safeParse(await muster().storage.readSetting(SEVERITY_SETTING));
		return stored.success ? stored.data : DEFAULT_SEVERITY_POLICY;
	});
}

export async function loadSettings(cookies: CookieReader): Promise<SettingsPage> {
	const admin = await isAdmin(cookies);
	return {
		admin,
		sources: admin ? await load(() => muster().storage.listSources()) : [],
		adapters: ADAPTERS.map(({ id, name }) => ({ id, name })),
		policy: await readSeverityPolicy(),
		defaultPolicy: DEFAULT_SEVERITY_POLICY,
		weights: await readWeights(muster().storage),
		alertTargets: admin ? muster().outgoing.targets() : []
	};
}
