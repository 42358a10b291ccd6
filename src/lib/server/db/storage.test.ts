import { afterAll, describe, it } from 'vitest';
import { findPostgres, startPostgres, type Postgres } from '../../../../tests/support/postgres.ts';
import { readConfig } from '../config.ts';
import { createStorage } from './create-storage.ts';
import { migrate } from './migrate.ts';
import { openDatabase, openPglite } from './open.ts';
import { storageContract } from './storage.contract.ts';

storageContract('PGlite', async () => {
	const database = await openPglite('memory://');
	await migrate(database, process.cwd());
	// Again, as every start does.
	await migrate(database, process.cwd());
	return createStorage(database);
});

const given = process.env.DATABASE_URL;
const bin = given ? null : findPostgres();
if (given || bin) {
	let cluster: Postgres | null = null;
	storageContract('PostgreSQL', async () => {
		if (bin) cluster = await startPostgres(bin);
		const config = readConfig({ DATABASE_URL: given || cluster?.createDatabase() });
		// Two at once, as two servers that start together do.
		const [opened, another] = await Promise.all([openDatabase(config), openDatabase(config)]);
		await another.database.close();
		return createStorage(opened.database);
	});
	afterAll(() => cluster?.discard());
} else {
	describe('storage on PostgreSQL', () =>
		it.skip('needs its binaries on this machine, or DATABASE_URL', () => undefined));
}
