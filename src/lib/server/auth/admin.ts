// The administrator: whoever knows the secret, until there are accounts.

import { muster } from '../muster.ts';
import type { CookieReader } from '../pages/types.ts';
import { hashKey, randomKey } from '../secrets.ts';
import { isAdminSecret } from './admin-secret.ts';

export const ADMIN_COOKIE = 'muster_admin';
const SESSION_MS = 12 * 3_600_000;

/** Whether these cookies carry an administrator's session. False while the database is away. */
export async function isAdmin(cookies: CookieReader): Promise<boolean> {
	const token = cookies.get(ADMIN_COOKIE);
	if (!token || token.length > 100) return false;
	const { storage, log } = muster();
	return storage.hasAdminSession(hashKey(token), Date.now()).catch((error: unknown) => {
		log.warn({ err: error }, 'could not look up an administrator’s session');
		return false;
	});
}

/** Opens a session where the secret is right: the value for the cookie, and how long it lasts. Null where it is not. */
export async function openAdminSession(secret: string): Promise<{ token: string; maxAgeSeconds: number } | null> {
	const { config, storage } = muster();
	if (!(await isAdminSecret(storage, config.adminSecret, secret))) return null;
	const token = randomKey();
	await storage.addAdminSession(hashKey(token), Date.now() + SESSION_MS);
	return { token, maxAgeSeconds: SESSION_MS / 1000 };
}

export async function closeAdminSession(cookies: CookieReader): Promise<void> {
	const token = cookies.get(ADMIN_COOKIE);
	if (token) await muster().storage.removeAdminSession(hashKey(token));
}
