import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { muster, root, scratchFolder } from './muster.ts';

// A copy in a folder of its own, so that what is shipped is never touched.
const folder = scratchFolder();
const scenario = join(folder, 'high-error-rate-bad-deploy');
const file = join(scenario, 'expected.json');
cpSync(join(root, 'scenarios/high-error-rate-bad-deploy'), scenario, { recursive: true });
rmSync(file, { force: true });
const golden = (...args: string[]) => muster(['golden', scenario, ...args], { cwd: folder });
const written = () => JSON.parse(readFileSync(file, 'utf8')) as { reason: string; none: { endedMs: number } };

describe('muster golden', { timeout: 180_000 }, () => {
	it('writes the reference runs where there are none, and finds them as expected', async () => {
		expect(await golden()).toMatchObject({ code: 0, err: '' });
		expect(written()).toMatchObject({
			engineVersion: expect.any(String),
			ideal: { policy: 'ideal', seed: '1', outcome: 'resolved' },
			none: { policy: 'none', seed: '1', outcome: 'unresolved' }
		});
		const { code, out } = await golden('--check');
		expect(code).toBe(0);
		expect(out).toMatch(/expected\.json: as expected$/m);
	});

	it('tells what changed, and fails with --check without writing', async () => {
		const before = readFileSync(file, 'utf8');
		const stale = before.replace('"endedMs": 900000', '"endedMs": 900001');
		expect(stale).not.toBe(before);
		writeFileSync(file, stale);
		const { code, out, err } = await golden('--check');
		expect(code).toBe(1);
		expect(out).toMatch(/^ {2}none\.endedMs: 900001 -> 900000$/m);
		expect(err).toMatch(/expected\.json:1:1: golden_differs: /);
		expect(readFileSync(file, 'utf8')).toBe(stale);
	});

	it('writes a change only with a reason, and keeps the reason', async () => {
		const without = await golden();
		expect(without.code).toBe(1);
		expect(without.err).toMatch(/reason_missing/);
		expect(written().none.endedMs).toBe(900_001);
		const { code } = await golden('--reason', 'The clock was off by one.');
		expect(code).toBe(0);
		expect(written()).toMatchObject({ reason: 'The clock was off by one.', none: { endedMs: 900_000 } });
	});
});

describe('muster schema', () => {
	it('is up to date with the format', async () => {
		expect(await muster(['schema', '--check'])).toMatchObject({ code: 0, err: '' });
	});
});
