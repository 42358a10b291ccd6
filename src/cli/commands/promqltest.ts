import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
	addCounts,
	countsLine,
	countsOf,
	reportLines,
	runPromqlTest,
	type Counts
} from '../../lib/promql/promqltest/index.ts';
import { CommandError, printJson, readArgs, UsageError } from '../usage.ts';

const NONE: Counts = { passed: 0, failed: 0, skipped: 0 };

/** Runs scripts of the PromQL test language: files, or all `.test` files of a folder. Exit code 1 where one fails. */
export async function run(args: string[]): Promise<number> {
	const { values, positionals } = readArgs(args, { json: { type: 'boolean', default: false } });
	if (positionals.length === 0) throw new UsageError('name at least one file or folder of scripts');
	const reports = positionals.flatMap(scriptsOf).map((file) => {
		const report = runPromqlTest(readFileSync(file, 'utf8'));
		if (!values.json) for (const line of reportLines(file, report)) console.log(line);
		return { file, report };
	});
	const total = reports.map(({ report }) => countsOf(report)).reduce(addCounts, NONE);
	if (values.json) {
		const files = reports.map(({ file, report: { passed, failed, skipped } }) => ({ file, passed, failed, skipped }));
		printJson({ ...total, files });
	} else console.log(countsLine('total', total));
	return total.failed > 0 ? 1 : 0;
}

function scriptsOf(path: string): string[] {
	const found = statSync(path, { throwIfNoEntry: false });
	if (!found) throw new CommandError('no_file', `there is no file ${path}`);
	if (!found.isDirectory()) return [path];
	const scripts = readdirSync(path).filter((name) => name.endsWith('.test'));
	if (scripts.length === 0) throw new CommandError('no_file', `there is no .test file in ${path}`);
	return scripts.sort().map((name) => join(path, name));
}
