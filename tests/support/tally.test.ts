import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readPlaywright, readVitest, sumUp } from './tally.ts';

const folder = mkdtempSync(join(tmpdir(), 'muster-tally-'));
afterAll(() => rmSync(folder, { recursive: true }));

function report(content: unknown): string {
	const file = join(folder, 'report.json');
	writeFileSync(file, JSON.stringify(content));
	return file;
}

const vitestFile = (status: string, ...statuses: string[]) => ({
	name: 'a.test.ts',
	status,
	assertionResults: statuses.map((status, index) => ({ fullName: `a ${index}`, status }))
});

test('vitest: passed, failed and skipped are told apart, a file that does not load is a failure', () => {
	const file = report({
		success: false,
		testResults: [vitestFile('failed', 'passed', 'failed', 'pending'), vitestFile('failed')]
	});
	expect(readVitest(file, 1)).toEqual({ passed: 1, failed: ['a 1', 'a.test.ts'], skipped: ['a 2'] });
});

test('vitest: an error outside of every test still fails the run', () => {
	const file = report({ success: false, testResults: [vitestFile('passed', 'passed')] });
	expect(readVitest(file, 1).failed).toEqual(['vitest ended with 1']);
});

test('Playwright: nested suites are walked, a flaky test has failed', () => {
	const spec = (title: string, status: string) => ({ title, tests: [{ status }] });
	const file = report({
		errors: [],
		suites: [
			{
				title: 'room',
				specs: [spec('opens', 'expected')],
				suites: [{ title: 'pager', specs: [spec('rings', 'flaky')] }]
			}
		]
	});
	expect(readPlaywright(file, 0)).toEqual({ passed: 1, failed: ['room › pager › rings'], skipped: [] });
});

test('no report is a failure, not an empty success', () => {
	expect(readPlaywright(join(folder, 'absent.json'), 0).failed).toHaveLength(1);
	expect(readVitest(join(folder, 'absent.json'), 0).failed).toHaveLength(1);
});

test.each([
	[[], '0 passed, 0 failed', true],
	[[{ passed: 2, failed: [], skipped: [] }], '2 passed, 0 failed', true],
	[
		[
			{ passed: 2, failed: ['x'], skipped: [] },
			{ passed: 1, failed: [], skipped: ['y'] }
		],
		'3 passed, 1 failed, 1 skipped',
		false
	]
])('%j sums up to "%s"', (tallies, line, ok) => {
	const sum = sumUp(tallies);
	expect([sum.lines.at(-1), sum.ok]).toEqual([line, ok]);
});
