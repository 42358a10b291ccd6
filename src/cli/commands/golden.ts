import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { goldenChanges, playGolden, type Golden } from '../../lib/lab/golden.ts';
import { loadScenario } from '../../lib/scenario/load.ts';
import { failWith } from '../problems.ts';
import {
	filesOf,
	findFolder,
	foldersIn,
	fromHere,
	shippedFolder,
	topologiesOf,
	type ScenarioFolder
} from '../scenarios.ts';
import { progress, readArgs } from '../usage.ts';

const MOST_LINES = 30;

/**
 * Plays the reference runs again and writes `expected.json`, telling what changed. A file that changes needs `--reason`, which
 * is kept in it. `--check` writes nothing and fails where something differs.
 */
export async function run(args: string[]): Promise<number> {
	const { values, positionals } = readArgs(args, {
		check: { type: 'boolean', default: false },
		reason: { type: 'string' }
	});
	const folders = positionals.length > 0 ? positionals.map(findFolder) : foldersIn(shippedFolder());
	let code = 0;
	for (const folder of folders) code = Math.max(code, renew(folder, values));
	return code;
}

function renew(folder: ScenarioFolder, { check, reason }: { check: boolean; reason?: string | undefined }): number {
	const loaded = loadScenario(folder.slug, filesOf(folder), topologiesOf(folder));
	if (!loaded.ok) return failWith(fromHere(loaded.problems, folder), false);
	const file = join(folder.parent, folder.slug, 'expected.json');
	const shown = relative(process.cwd(), file);
	const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Golden) : null;
	const bar = progress(`Playing ${folder.slug}`);
	const after = playGolden(loaded.compiled, bar.update);
	bar.end();
	const changes = goldenChanges(before, after);
	if (changes.length === 0) {
		console.log(`${shown}: as expected`);
		return 0;
	}
	console.log(`${shown}: ${changes.length === 1 ? '1 change' : `${changes.length} changes`}`);
	for (const line of changes.slice(0, MOST_LINES)) console.log(`  ${line}`);
	if (changes.length > MOST_LINES) console.log(`  … and ${changes.length - MOST_LINES} more`);
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
