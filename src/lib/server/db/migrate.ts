// Brings the tables up to date from drizzle/. Servers that start at once take turns.

import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { rows, type Database } from './database.ts';

/** Any number, as long as it is always the same. */
const LOCK = 7_355_608;

/** Applies what is missing, in order and in one transaction. `root` is the product's folder. */
export async function migrate(database: Database, root: string): Promise<void> {
	const migrations = readMigrationFiles({ migrationsFolder: join(root, 'drizzle') });
	await database.orm.transaction(async (tx) => {
		await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
		await tx.execute(
			sql`create table if not exists muster_migration (hash text primary key, applied_at timestamptz not null default now())`
		);
		const applied = new Set((await rows(tx, sql`select hash from muster_migration`)).map(({ hash }) => hash));
		for (const { hash, sql: statements } of migrations) {
			if (applied.has(hash)) continue;
			for (const statement of statements) await tx.execute(sql.raw(statement));
			await tx.execute(sql`insert into muster_migration (hash) values (${hash})`);
		}
	});
}
