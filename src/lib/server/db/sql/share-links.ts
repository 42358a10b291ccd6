// Links by which a debrief is read without an account.

import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { shareLink } from '../schema.ts';
import type { StoredShareLink } from '../storage.ts';

export async function addShareLink(
	database: Database,
	link: Omit<StoredShareLink, 'withdrawnAt'> & { tokenHash: string }
): Promise<void> {
	await database.orm.insert(shareLink).values(link);
}

export async function listShareLinks(database: Database, incidentId: string): Promise<StoredShareLink[]> {
	const rows = await database.orm
		.select()
		.from(shareLink)
		.where(eq(shareLink.incidentId, incidentId))
		.orderBy(desc(shareLink.createdAt), shareLink.id);
	return rows.map(stored);
}

export async function findShareLink(database: Database, tokenHash: string): Promise<StoredShareLink | null> {
	const [row] = await database.orm.select().from(shareLink).where(eq(shareLink.tokenHash, tokenHash));
	return row ? stored(row) : null;
}

export async function withdrawShareLink(
	database: Database,
	incidentId: string,
	id: string,
	at: number
): Promise<boolean> {
	const one = and(eq(shareLink.incidentId, incidentId), eq(shareLink.id, id));
	await database.orm
		.update(shareLink)
		.set({ withdrawnAt: at })
		.where(and(one, isNull(shareLink.withdrawnAt)));
	return (await database.orm.select({ id: shareLink.id }).from(shareLink).where(one)).length > 0;
}

function stored({ tokenHash: _tokenHash, ...link }: typeof shareLink.$inferSelect): StoredShareLink {
	return link;
}
