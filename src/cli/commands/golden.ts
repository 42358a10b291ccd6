import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { goldenChanges, type Golden } from '../../lib/lab/golden.ts';
import { failWith } from '../problems.ts';
import { findFolder, foldersIn, shippedFolder, type ScenarioFolder } from '../scenarios.ts';
import { progress, readArgs, UsageError } from '../usage.ts';
import type { GoldenResult } from '../workers/golden.ts';
import { readJobs, spread } from '../workers/spread.ts';

const MOST_LINES = 30;

/**
 * Plays the reference runs again and writes `expected.json`, telling what changed. A file that changes needs `--reason`, which
 * is kept in it. `--check` writes nothing and fails where something differs. All scenarios where none is named.
 */
export async function run(args: string[]): Promise<number> {
	const { values, positionals } = readArgs(args, {
		all: { type: 'boolean', default: false },
		check: { type: 'boolean', default: false },
		jobs: { type: 'string' },
		reason: { type: 'string' }
	});
	if (values.all && positionals.length > 0) throw new UsageError('--all, or the names of scenarios');
	const folders = positionals.length > 0 ? positionals.map(findFolder) : foldersIn(shippedFolder());
	const bar = progress(folders.length === 1 ? `Playing ${folders[0]?.slug}` : `Playing ${folders.length} scenarios`);
	let code = 0;
	await spread<ScenarioFolder, GoldenResult>({
		work: new URL('../workers/golden.ts', import.meta.url),
		tasks: folders,
		jobs: readJobs(values.jobs),
		onProgress: bar.update,
		onResult: (result, folder) => {
			bar.end();
			code = Math.max(code, result.ok ? renew(folder, result.golden, values) : failWith(result.problems, false));
		}
	});
	bar.end();
	return code;
}

function renew(
	folder: ScenarioFolder,
	after: Omit<Golden, 'reason'>,
	{ check, reason }: { check: boolean; reason?: string | undefined }
): number {
	const file = join(folder.parent, folder.slug, 'expected.json');
	const shown = relative(process.cwd(), file);
	const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Golden) : null;
	const changes = goldenChanges(before, after);
	if (changes.length === 0) {
		console.log(`${shown}: as expected`);
		return 0;
	}
	if (before === null) console.log(`${shown}: there is none yet`);
	else {
		console.log(`${shown}: ${changes.length === 1 ? '1 change' : `${changes.length} changes`}`);
		for (const line of changes.slice(0, MOST_LINES)) console.log(`  ${line}`);
		if (changes.length > MOST_LINES) console.log(`  … and ${changes.length - MOST_LINES} more`);
	}
	if (check) {
		console.error(`${shown}:1:1: golden_differs: the reference runs end differently now`);
		return 1;
	}
	if (before !== null && !reason?.trim()) {
		console.error(`${shown}:1:1: reason_missing: say why it may change: muster golden ${folder.slug} --reason "…"`);
		return 1;
	}
	const golden: Golden = { reason: reason?.trim() || 'First reference runs.', ...after };
	writeFileSync(file, `${JSON.stringify(golden, null, 2)}\n`);
	console.log(`wrote ${shown}`);
	return 0;
}
