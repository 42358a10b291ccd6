// The administrator's secret: given as ADMIN_SECRET, or made at the first start and kept as a hash.

import { checkSecret, hashKey, hashSecret, randomKey, sameHash } from '../secrets.ts';
import type { Storage } from '../db/storage.ts';

const SETTING = 'admin_secret_hash';

export async function isAdminSecret(storage: Storage, configured: string | null, secret: string): Promise<boolean> {
	if (configured !== null) return sameHash(hashKey(secret), hashKey(configured));
	const stored = await storage.readSetting(SETTING);
	return typeof stored === 'string' && (await checkSecret(secret, stored));
}

/** At the first start without ADMIN_SECRET makes one and hands it to `announce`, the only time it is readable. */
export async function ensureAdminSecret(
	storage: Storage,
	configured: string | null,
	announce: (secret: string) => void
): Promise<void> {
	if (configured !== null || (await storage.readSetting(SETTING)) !== undefined) return;
	const secret = randomKey();
	const hash = await hashSecret(secret);
	// Two servers may start at once on a new database: only the one whose hash stands announces.
	if ((await storage.initialSetting(SETTING, hash, Date.now())) === hash) announce(secret);
}
