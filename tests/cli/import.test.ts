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
interface Spread {
	mean: number;
	median: number;
	p95: number;
}
interface Rate {
	value: { share: number };
}
interface ReportJson {
	parts: {
		origin: string;
		figures: {
			n: number;
			mtbfHours: { value: number };
			bySeverity: { severity: string; n: number; resolve: Spread & { unresolved: number }; detection: Spread }[];
			escalation: Rate;
			repeat: Rate;
			postmortem: Rate;
		};
	}[];
}
interface StatsJson {
	n: number;
	mtbfHours: number;
	bySeverity: Record<string, { n: number; unresolved: number; mttrMinutes: Spread; detectionMinutes: Spread }>;
	escalationRate: number;
	repeatRate: number;
	postmortemCompletion: number;
}
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

	it('gives the figures that `muster stats` gives of the same file', async () => {
		const small = join(folder, 'small.csv');
		writeFileSync(small, incidentsCsv(40));
		const own = { ...env, DATA_DIR: join(folder, 'small') };
		const ran = await muster(['import', small, '--zone', 'UTC', '--json'], { env: own });
		expect(reportOf(ran.out)).toMatchObject({ imported: 40, refused: [] });
		const report = await muster(['report', '--period', '3650d', '--origin', 'real', '--format', 'json'], { env: own });
		const { parts } = JSON.parse(report.out) as ReportJson;
		const of = parts.find(({ origin }) => origin === 'real')?.figures;
		const stats = JSON.parse((await muster(['stats', small, '--json', '--zone', 'UTC'])).out) as StatsJson;
		const rounded = (figure: object) =>
			Object.fromEntries(Object.entries(figure).map(([name, value]) => [name, Number(value).toFixed(6)]));
		expect(of?.n).toBe(stats.n);
		expect(of?.mtbfHours.value).toBeCloseTo(stats.mtbfHours, 6);
		for (const { severity, n, resolve, detection } of of?.bySeverity ?? []) {
			const theirs = stats.bySeverity[severity];
			expect([n, resolve.unresolved], severity).toEqual([theirs?.n, theirs?.unresolved]);
			expect(rounded(resolve), severity).toMatchObject(rounded(theirs?.mttrMinutes ?? {}));
			expect(rounded(detection), severity).toMatchObject(rounded(theirs?.detectionMinutes ?? {}));
		}
		expect(of?.bySeverity).toHaveLength(4);
		expect([of?.escalation, of?.repeat, of?.postmortem].map((rate) => rate?.value.share)).toEqual([
			stats.escalationRate,
			stats.repeatRate,
			stats.postmortemCompletion
		]);
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
