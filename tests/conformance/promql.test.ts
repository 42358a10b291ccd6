/**
 * The public PromQL suite, as far as it lies in `../shared/conformance/promql` beside this project. Evaluations that
 * need native histograms are skipped and counted; all others must pass.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import {
	addCounts,
	countsLine,
	countsOf,
	reportLines,
	runPromqlTest,
	type Counts
} from '../../src/lib/promql/promqltest/index.ts';

const folder = fileURLToPath(new URL('../../../shared/conformance/promql/', import.meta.url));
const scripts = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.test')) : [];

describe('PromQL conformance', () => {
	let total: Counts = { passed: 0, failed: 0, skipped: 0 };
	afterAll(() => console.log(countsLine('in all', total)));

	const names = scripts.length > 0 ? scripts : ['every script: ../shared/conformance/promql is not here'];
	it.skipIf(scripts.length === 0).each(names)('%s', (name) => {
		const report = runPromqlTest(readFileSync(folder + name, 'utf8'));
		console.log(reportLines(name, report).join('\n'));
		total = addCounts(total, countsOf(report));
		expect(report.failed.map(({ line, message }) => `${name}:${line}: ${message}`)).toEqual([]);
		expect(report.passed).toBeGreaterThan(0);
	});
});
