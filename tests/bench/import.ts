// Ten thousand incidents from a CSV file until they are durable, on both databases.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_SEVERITY_POLICY } from '../../src/lib/incident/severity.ts';
import { readConfig } from '../../src/lib/server/config.ts';
import { createStorage } from '../../src/lib/server/db/create-storage.ts';
import { openDatabase } from '../../src/lib/server/db/open.ts';
import { runImport } from '../../src/lib/server/intake/import.ts';
import { readOptions } from '../../src/lib/server/intake/options.schema.ts';
import { importTarget } from '../../src/lib/server/intake/target.ts';
import { readUpload } from '../../src/lib/server/intake/upload.ts';
import { incidentsCsv } from '../support/incidents-csv.ts';
import { findPostgres, startPostgres } from '../support/postgres.ts';
import type { Bench, Figure } from './support/figure.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ROWS = 10_000;

const bench: Bench = {
	name: 'import',
	about: `${ROWS} real incidents from CSV, from reading the file until all are durable; then the same file again`,
	async run(skip) {
		const figures: Figure[] = [];
		const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'));
		try {
			figures.push(...(await measure('PGlite', { DATA_DIR: join(folder, 'data') })));
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
		const bin = findPostgres();
		if (bin === null) {
			skip('PostgreSQL has no binaries here, so importing is measured on PGlite alone');
			return figures;
		}
		const cluster = await startPostgres(bin);
		try {
			figures.push(...(await measure('PostgreSQL', { DATABASE_URL: cluster.createDatabase() })));
		} finally {
			await cluster.discard();
		}
		return figures;
	}
};
export default bench;

async function measure(name: string, env: Record<string, string>): Promise<Figure[]> {
	const { database, lock } = await openDatabase(readConfig({ ...env, MUSTER_ROOT: ROOT }));
	const storage = createStorage(database);
	try {
		const by = { hub: null, owner: 'bench', isOwnerDead: () => true, now: Date.now };
		const target = importTarget(storage, DEFAULT_SEVERITY_POLICY, by);
		const bytes = new TextEncoder().encode(incidentsCsv(ROWS));
		const once = async (expected: 'imported' | 'unchanged') => {
			const began = performance.now();
			const upload = await readUpload([bytes], 'bench.csv');
			const read = readOptions(new URLSearchParams('zone=UTC&source=bench'));
			if (!upload.ok || !read.ok) throw new Error('the file of the bench cannot be read');
			const result = await runImport(target, upload.value, read.options, () => undefined);
			if (!result.ok || result.value[expected] !== ROWS) throw new Error(`not all rows were ${expected}`);
			return (performance.now() - began) / 1000;
		};
		const figure = (what: string, measured: number): Figure => ({
			what: `${name}, ${what}`,
			measured,
			unit: 's',
			reference: null,
			target: { of: 'measured', most: 60 }
		});
		return [
			figure(`${ROWS} incidents`, await once('imported')),
			figure('the same file again', await once('unchanged'))
		];
	} finally {
		await storage.close();
		lock?.release();
	}
}
