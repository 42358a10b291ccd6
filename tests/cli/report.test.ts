import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/lib/server/config.ts';
import { createStorage } from '../../src/lib/server/db/create-storage.ts';
import { openDatabase } from '../../src/lib/server/db/open.ts';
import { storeRecord } from '../support/record.ts';
import { muster, root, scratchFolder } from './muster.ts';

const folder = scratchFolder();
const dataDir = join(folder, 'data');
const env = { DATA_DIR: dataDir, DATABASE_URL: '' };

describe('muster report', { timeout: 120_000 }, () => {
	beforeAll(async () => {
		const { database, lock } = await openDatabase(readConfig({ DATA_DIR: dataDir, MUSTER_ROOT: root }));
		const storage = createStorage(database);
		await storeRecord(storage, { practice: 8, real: 25, days: 80, now: Date.now() });
		await storage.close();
		lock?.release();
	}, 120_000);

	it('is made of the database where no server runs', async () => {
		const { code, out } = await muster(['report', '--period', '90d', '--origin', 'all'], { env });
		expect(code).toBe(0);
		expect(out).toMatch(/^# Incident Response Improvement Report/);
		expect(out).toMatch(/## Real incidents\n\n25 incidents/);
		expect(out).toMatch(/## Practice\n\n8 runs/);
		expect(out).not.toMatch(/NaN|undefined|null/);
	});
	it('prints one JSON document of what was asked for', async () => {
		const { out } = await muster(['report', '--format', 'json', '--origin', 'practice', '--period', '12w'], { env });
		const report = JSON.parse(out) as { parts: { origin: string; figures: { n: number } }[] };
		expect(report.parts.map(({ origin, figures }) => [origin, figures.n])).toEqual([['practice', 8]]);
	});
	it.each([
		[['--origin', 'both'], /origin is one of practice, real, all/],
		[['--period', 'spring'], /period is a length of time/],
		[['--format', 'pdf'], /one of the formats md, json/]
	])('says what is wrong with %j', async (args, words) => {
		const { code, err } = await muster(['report', ...args], { env });
		expect(code).toBe(2);
		expect(err).toMatch(words);
	});
});
