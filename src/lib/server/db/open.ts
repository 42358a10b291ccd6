// Opens the database that the configuration names, and brings its tables up to date.

import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { ConfigError, type Config } from '../config.ts';
import { ask, codeOf, type Database, type Orm } from './database.ts';
import { takeLock, type Lock } from './lock.ts';
import { migrate } from './migrate.ts';

export interface Opened {
	database: Database;
	/** Null on PostgreSQL, where leases keep several servers apart. */
	lock: Lock | null;
}

/** Opens and migrates. Rejects with one sentence where that cannot be done; nothing stays open then. */
export async function openDatabase(config: Config): Promise<Opened> {
	return config.databaseUrl === null ? openEmbedded(config) : openPostgres(config, config.databaseUrl);
}

async function openEmbedded(config: Config): Promise<Opened> {
	const lock = takeLock(config.dataDir);
	try {
		const database = await openPglite(join(config.dataDir, 'database'));
		await migrate(database, config.root);
		return { database, lock };
	} catch (error) {
		lock.release();
		throw error;
	}
}

/** Drivers are loaded only where they are used: the embedded database alone is 10 MB of program. */
export async function openPglite(dataDir: string, loadDataDir?: Blob): Promise<Database> {
	const [{ PGlite }, { drizzle }] = await Promise.all([import('@electric-sql/pglite'), import('drizzle-orm/pglite')]);
	const client = await PGlite.create({ dataDir, loadDataDir });
	return {
		kind: 'pglite',
		orm: drizzle({ client }) as unknown as Orm,
		dump: () => client.dumpDataDir('none'),
		close: () => client.close()
	};
}

async function openPostgres(config: Config, url: string): Promise<Opened> {
	const [{ default: postgres }, { drizzle }] = await Promise.all([
		import('postgres'),
		import('drizzle-orm/postgres-js')
	]);
	const client = postgres(url, {
		max: 10,
		connect_timeout: 5,
		// A database that comes back is to be found soon, not after the driver's growing pauses.
		backoff: () => 0.5,
		onnotice: () => undefined,
		connection: { application_name: 'muster' }
	});
	const database: Database = {
		kind: 'postgres',
		orm: drizzle({ client }) as unknown as Orm,
		close: () => client.end({ timeout: 5 })
	};
	try {
		await ask(() => database.orm.execute(sql`select 1`));
		await migrate(database, config.root);
		return { database, lock: null };
	} catch (error) {
		await client.end({ timeout: 0 }).catch(() => undefined);
		throw new ConfigError(`The database that DATABASE_URL names cannot be used: ${reason(error)}.`, { cause: error });
	}
}

function reason(error: unknown): string {
	const code = codeOf(error);
	if (code === '28P01' || code === '28000') return 'it refuses the user or password';
	if (code === '3D000') return 'it has no database of that name; create it first';
	if (code === '42501') return 'the user may not create tables there';
	if (code?.startsWith('E') || code?.startsWith('CONNECT')) return `nothing answers at that address (${code})`;
	let root: unknown = error;
	while (root instanceof Error && root.cause !== undefined) root = root.cause;
	return root instanceof Error ? root.message.replace(/\.$/, '') : String(root);
}
