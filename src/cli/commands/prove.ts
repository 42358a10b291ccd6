import { PLAYERS } from '../../lib/lab/players.ts';
import type { Proven, ProvenVariant } from '../../lib/lab/prove.ts';
import { failWith } from '../problems.ts';
import { findFolder, foldersIn, shippedFolder } from '../scenarios.ts';
import { printJson, progress, readArgs, UsageError } from '../usage.ts';
import type { ProveResult, ProveTask } from '../workers/prove.ts';
import { readJobs, spread } from '../workers/spread.ts';

/**
 * Holds scenarios against what they promise, by simulation over `--seeds` seeds, on `--jobs` threads, and their variants over
 * fewer. Exit code 1 where a promise is not kept; a variant that every scenario has is not offered where it does not hold.
 */
export async function run(args: string[]): Promise<number> {
	const { values, positionals } = readArgs(args, {
		seeds: { type: 'string', default: '20' },
		'variant-seeds': { type: 'string' },
		jobs: { type: 'string' },
		json: { type: 'boolean', default: false }
	});
	const seeds = seedsOf('--seeds', values.seeds, 1);
	const fewer = String(Math.ceil(seeds.length / 10));
	const variantSeeds = seedsOf('--variant-seeds', values['variant-seeds'] ?? fewer, 0);
	const folders = positionals.length > 0 ? positionals.map(findFolder) : foldersIn(shippedFolder());
	const all: (Proven & { variants: ProvenVariant[] })[] = [];
	let code = 0;
	const bar = progress(folders.length === 1 ? `Proving ${folders[0]?.slug}` : `Proving ${folders.length} scenarios`);
	await spread<ProveTask, ProveResult>({
		work: new URL('../workers/prove.ts', import.meta.url),
		tasks: folders.map((folder) => ({ folder, seeds, variantSeeds })),
		jobs: readJobs(values.jobs),
		onProgress: bar.update,
		onResult: (result) => {
			bar.end();
			if (!result.ok) {
				// One that does not load must not hide the others; in JSON it stands by itself on standard error.
				failWith(result.problems, false);
				code = 1;
				return;
			}
			const { proven, variants } = result;
			const broken = variants.filter(({ ok, written }) => written && !ok);
			all.push({ ...proven, ok: proven.ok && broken.length === 0, variants });
			if (!proven.ok || broken.length > 0) code = 1;
			if (!values.json) tell(proven, variants);
		}
	});
	bar.end();
	const kept = all.filter(({ ok }) => ok).length;
	if (values.json) printJson({ seeds, proven: kept, of: folders.length, scenarios: all });
	else {
		const over = `${seeds.length} ${seeds.length === 1 ? 'seed' : 'seeds'}`;
		console.log(`${kept} of ${folders.length} scenarios proven over ${over}`);
	}
	return code;
}

function seedsOf(flag: string, written: string, least: number): string[] {
	const count = Number(written);
	if (!Number.isInteger(count) || count < least || count > 1000)
		throw new UsageError(`${flag} is a number from ${least} to 1000`);
	return Array.from({ length: count }, (_, i) => String(i + 1));
}

/** A line for the promises, one for the players (impact minutes, and how many runs they won), then what fell short. */
function tell({ scenario, proofs, standings }: Proven, variants: readonly ProvenVariant[]): void {
	console.log(`${scenario.padEnd(36)} ${proofs.map(({ check, ok }) => `${ok ? '✓' : '✗'} ${check}`).join('  ')}`);
	const players = PLAYERS.map((name) => {
		const standing = standings.find(({ player }) => player === name);
		return standing ? `${name} ${standing.impactMinutes.toFixed(2)} (${standing.resolved}/${standing.runs})` : '';
	});
	console.log(`${' '.repeat(36)} impact minutes: ${players.join('  ')}`);
	if (variants.length > 0) {
		const marks = variants.map(({ id, ok, written }) => `${ok ? '✓' : written ? '✗' : '–'} ${id}`);
		console.log(`${' '.repeat(36)} variants: ${marks.join('  ')}`);
	}
	for (const { check, why } of proofs) for (const line of why.slice(0, 5)) console.log(`    ${check}: ${line}`);
	for (const { id, written, proofs: of } of variants) {
		const [first] = of.flatMap(({ check, why }) => why.map((line) => `${check}: ${line}`));
		if (first !== undefined) console.log(`    ${written ? 'variant' : 'not offered:'} ${id}: ${first}`);
	}
}
