// The command as a user calls it: importing, killed midway, importing again.

import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ImportReport } from '../../src/lib/intake/report.ts';
import { readConfig } from '../../src/lib/server/config.ts';
import { createStorage } from '../../src/lib/server/db/create-storage.ts';
import { openDatabase } from '../../src/lib/server/db/open.ts';
import { incidentsCsv } from '../support/incidents-csv.ts';
import { muster, root, scratchFolder } from './muster.ts';

const folder = scratchFolder();
const env = { DATA_DIR: join(folder, 'data'), DATABASE_URL: '' };
const ROWS = 1500;
const file = join(folder, 'incidents.csv');
const words = ['import', file, '--zone', 'UTC', '--source', 'jira', '--json'];
const reportOf = (out: string) => JSON.parse(out) as ImportReport;

beforeAll(() => writeFileSync(file, incidentsCsv(ROWS)));

describe('muster import', () => {
	it('killed midway, completes when it is called again, and doubles nothing', { timeout: 240_000 }, async () => {
		const launcher = fileURLToPath(new URL('../../src/cli/muster.mjs', import.meta.url));
		const child = spawn(process.execPath, [launcher, ...words], {
			env: { ...process.env, ...env, MUSTER_FAILPOINT: 'import.batch:4' },
			detached: true,
			stdio: 'ignore'
		});
		await new Promise((resolve) => child.once('exit', resolve));
		const again = await muster(words, { env });
		const report = reportOf(again.out);
		expect(again.code).toBe(0);
		// Three batches were durable, and the fourth too: it died after storing it.
		expect(report).toMatchObject({ imported: ROWS - 400, unchanged: 400, refused: [], changed: [] });
		expect(reportOf((await muster(words, { env })).out)).toMatchObject({ imported: 0, unchanged: ROWS });

		const { database, lock } = await openDatabase(readConfig({ ...env, MUSTER_ROOT: root }));
		const storage = createStorage(database);
		try {
			const open = await storage.unfinished();
			expect(open).toHaveLength(ROWS / 20);
			const listed = await storage.listIncidents({ search: 'case', limit: ROWS * 2 });
			expect(listed).toHaveLength(ROWS);
			expect(new Set(listed.map(({ key }) => key)).size).toBe(ROWS);
		} finally {
			await storage.close();
			lock?.release();
		}
	});

	it('says of each bad row where it stands, why, and how to mend it', async () => {
		const bad = join(folder, 'bad.csv');
		writeFileSync(bad, 'Key,Prio,Opened\nA,purple,2026-01-01 10:00\n,P1,2026-01-01 10:00\n');
		const ran = await muster(['import', bad, '--zone', 'UTC', '--map', 'Key=id', '--dry-run'], { env });
		expect(ran.code).toBe(1);
		expect(ran.err).toContain(`${bad}:2: unknown_severity: “purple” is no severity that is known`);
		expect(ran.err).toContain(`${bad}:3: no_id: `);
		expect(ran.out).toContain('0 incidents would be imported');
		const mapped = await muster(['import', bad, '--zone', 'UTC', '--severity', 'purple=P2', '--dry-run'], { env });
		expect(mapped.out).toContain('1 incidents would be imported');
	});

	it.each([
		['no file', [], 2, 'which file?'],
		['a file that is not there', ['nowhere.csv'], 1, 'no_file'],
		['no zone', [file], 1, 'no_zone'],
		['a zone that is none', [file, '--zone', 'Mars'], 1, 'no_zone'],
		['a map that is none', [file, '--zone', 'UTC', '--map', 'x'], 1, 'no_column']
	])('refuses %s in one sentence', async (_case, given, code, text) => {
		const ran = await muster(['import', ...given], { env });
		expect(ran.code).toBe(code);
		expect(ran.err).toContain(text);
		expect(ran.err).not.toContain('    at ');
	});
});
