// Reads what the two test tools wrote down and makes one sum of it.

import { existsSync, readFileSync } from 'node:fs';

export interface Tally {
	passed: number;
	/** The names of what failed. */
	failed: string[];
	skipped: string[];
}

interface VitestReport {
	success: boolean;
	testResults: {
		name: string;
		status: string;
		message?: string;
		assertionResults: { fullName: string; status: string }[];
	}[];
}

interface PlaywrightSuite {
	title: string;
	suites?: PlaywrightSuite[];
	specs?: { title: string; tests: { status: 'expected' | 'unexpected' | 'flaky' | 'skipped' }[] }[];
}

interface PlaywrightReport {
	suites: PlaywrightSuite[];
	errors: { message?: string }[];
}

/** `code` is the tool's exit code: a run that failed without a failing test counts as one failure of its own. */
export function readVitest(file: string, code: number): Tally {
	if (!existsSync(file)) return broken('vitest wrote no report');
	const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
	const tally: Tally = { passed: 0, failed: [], skipped: [] };
	for (const suite of report.testResults) {
		for (const { fullName, status } of suite.assertionResults) {
			if (status === 'passed') tally.passed++;
			else if (status === 'failed') tally.failed.push(fullName.trim());
			else tally.skipped.push(fullName.trim());
		}
		// A file that does not load holds no test at all.
		const counted = suite.assertionResults.some(({ status }) => status === 'failed');
		if (suite.status === 'failed' && !counted) tally.failed.push(suite.name);
	}
	return withExitCode(tally, code, 'vitest');
}

/** A test that passed only when it was repeated counts as failed: nothing here may depend on luck. */
export function readPlaywright(file: string, code: number): Tally {
	if (!existsSync(file)) return broken('Playwright wrote no report');
	const report = JSON.parse(readFileSync(file, 'utf8')) as PlaywrightReport;
	const tally: Tally = { passed: 0, failed: [], skipped: [] };
	const walk = (suite: PlaywrightSuite, path: string[]) => {
		for (const spec of suite.specs ?? []) {
			const name = [...path, spec.title].join(' › ');
			for (const { status } of spec.tests) {
				if (status === 'expected') tally.passed++;
				else if (status === 'skipped') tally.skipped.push(name);
				else tally.failed.push(name);
			}
		}
		for (const inner of suite.suites ?? []) walk(inner, [...path, inner.title]);
	};
	for (const suite of report.suites) walk(suite, [suite.title]);
	for (const { message } of report.errors) tally.failed.push(message?.split('\n')[0] ?? 'Playwright could not start');
	return withExitCode(tally, code, 'Playwright');
}

/** The lines to print, the plain sum last. */
export function sumUp(tallies: Tally[]): { lines: string[]; ok: boolean } {
	const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
	const failed = tallies.flatMap((tally) => tally.failed);
	const skipped = tallies.flatMap((tally) => tally.skipped);
	const sum = `${passed} passed, ${failed.length} failed`;
	return {
		lines: [
			...skipped.map((name) => `skipped: ${name}`),
			...failed.map((name) => `failed: ${name}`),
			skipped.length > 0 ? `${sum}, ${skipped.length} skipped` : sum
		],
		ok: failed.length === 0
	};
}

function withExitCode(tally: Tally, code: number, tool: string): Tally {
	if (code !== 0 && tally.failed.length === 0) tally.failed.push(`${tool} ended with ${code}`);
	return tally;
}

function broken(reason: string): Tally {
	return { passed: 0, failed: [reason], skipped: [] };
}
