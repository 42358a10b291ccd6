/** What is said of a script that was run: its counts, each failure by file and line, and which evaluations were skipped. */
import type { TestReport } from './run.ts';

export interface Counts {
	readonly passed: number;
	readonly failed: number;
	readonly skipped: number;
}

export function countsOf(report: TestReport): Counts {
	return { passed: report.passed, failed: report.failed.length, skipped: report.skipped.length };
}

export function addCounts(a: Counts, b: Counts): Counts {
	return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

export function countsLine(name: string, { passed, failed, skipped }: Counts): string {
	return `${name}: ${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** The counts, then a line `file:line: what` per failure, then one line that names what was skipped. */
export function reportLines(name: string, report: TestReport): string[] {
	const skipped = report.skipped.map(({ line }) => line).join(', ');
	return [
		countsLine(name, countsOf(report)),
		...report.failed.map(({ line, message }) => `${name}:${line}: ${message}`),
		...(skipped === '' ? [] : [`${name}: skipped, since they need native histograms: lines ${skipped}`])
	];
}
