// The organisation's classification, read from the storage alone: also a command without a server needs it.

import { DEFAULT_SEVERITY_POLICY, type SeverityPolicy } from '../../incident/severity.ts';
import { severityPolicySchema } from '../api/requests.schema.ts';
import type { Storage } from '../db/storage.ts';

const SETTING = 'severity_policy';

export async function policyIn(storage: Storage): Promise<SeverityPolicy> {
	const stored = severityPolicySchema.safeParse(await storage.readSetting(SETTING));
	return stored.success ? stored.data : DEFAULT_SEVERITY_POLICY;
}
