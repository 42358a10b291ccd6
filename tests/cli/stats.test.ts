import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { muster } from './muster.ts';

let folder = '';
let file = '';
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'muster-stats-'));
	file = join(folder, 'incidents.csv');
	writeFileSync(
		file,
		[
			'Number,severity,created_at,resolved_at,services,cause',
			'1,P1,2026-01-01T00:00:00Z,2026-01-01T00:20:00Z,api,pool',
			'2,P3,2026-03-01T00:00:00Z,,api,pool',
			'2,P3,2026-03-01T00:00:00Z,,api,pool',
			'3,P1,2026-03-02T00:00:00,,api,pool'
		].join('\r\n')
	);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('muster stats', () => {
	it('prints one JSON document, with every row refused and why', async () => {
		const { code, out } = await muster([
			'stats',
			file,
			'--json',
			'--map',
			'Number=id',
			'--as-of',
			'2026-03-01T01:00:00Z'
		]);
		expect(code).toBe(0);
		expect(JSON.parse(out)).toMatchObject({
			n: 2,
			overall: { n: 2, unresolved: 1, mttrMinutes: { mean: 20 } },
			repeatRate: 0.5,
			escalationRate: null,
			survival: [
				{ minutes: 20, survival: 0.5, atRisk: 2 },
				{ minutes: 60, survival: 0.5, atRisk: 1 }
			],
			refused: [
				{ line: 4, code: 'duplicate_id' },
				{ line: 5, code: 'no_zone' }
			]
		});
	});
	it('takes a window, a zone and severities that are due', async () => {
		const args = ['--map', 'Number=id', '--repeat-window', '30d', '--zone', 'UTC', '--due', 'P3'];
		const { out } = await muster(['stats', file, '--json', ...args]);
		expect(JSON.parse(out)).toMatchObject({ n: 3, repeatRate: 1 / 3, refused: [{ line: 4 }] });
	});
	it('prints a table for people', async () => {
		const { code, out } = await muster(['stats', file]);
		expect(code).toBe(0);
		expect(out).toMatch(/^3 incidents, 2026-01-01 to 2026-03-01/);
		expect(out).toMatch(/line 5: no_zone: created_at: .+--zone/);
		expect(out).not.toMatch(/NaN|undefined|null/);
	});
	it.each([
		[['stats'], 2, /which file\?/],
		[['stats', '/nowhere.csv'], 1, /no_file: there is no file/],
		[['stats', 'FILE', '--map', 'Number=ids'], 2, /did you mean "id"\?/],
		[['stats', 'FILE', '--map', 'No=id'], 1, /unknown_column: the file has no column "No"; it has Number/],
		[['stats', 'FILE', '--zone', 'Mars'], 2, /--zone is a time zone/],
		[['stats', 'FILE', '--as-of', '2026-01-01'], 2, /--as-of: .+no time zone/],
		[['stats', 'FILE', '--repeat-window', 'long'], 2, /--repeat-window is a length of time/]
	])('says what is wrong with %j', async (args, code, words) => {
		const answer = await muster(args.map((word) => (word === 'FILE' ? file : word)));
		expect(answer.code).toBe(code);
		expect(answer.err).toMatch(words);
	});
});
