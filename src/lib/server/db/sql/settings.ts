// What the organisation has set, and the administrator's sessions.

import { and, eq, gt, lt } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { adminSession, setting } from '../schema.ts';

export async function readSetting(database: Database, key: string): Promise<unknown> {
	const [row] = await database.orm.select({ value: setting.value }).from(setting).where(eq(setting.key, key));
	return row?.value;
}

export async function writeSetting(database: Database, key: string, value: unknown, at: number): Promise<void> {
	await database.orm
		.insert(setting)
		.values({ key, value, changedAt: at })
		.onConflictDoUpdate({ target: setting.key, set: { value, changedAt: at } });
}

export async function initialSetting(database: Database, key: string, value: unknown, at: number): Promise<unknown> {
	await database.orm.insert(setting).values({ key, value, changedAt: at }).onConflictDoNothing();
	return readSetting(database, key);
}

export async function addAdminSession(
	database: Database,
	tokenHash: string,
	until: number,
	now: number
): Promise<void> {
	await database.orm.delete(adminSession).where(lt(adminSession.until, now));
	await database.orm.insert(adminSession).values({ tokenHash, until });
}

export async function hasAdminSession(database: Database, tokenHash: string, now: number): Promise<boolean> {
	const found = await database.orm
		.select({ until: adminSession.until })
		.from(adminSession)
		.where(and(eq(adminSession.tokenHash, tokenHash), gt(adminSession.until, now)));
	return found.length > 0;
}

export async function removeAdminSession(database: Database, tokenHash: string): Promise<void> {
	await database.orm.delete(adminSession).where(eq(adminSession.tokenHash, tokenHash));
}
