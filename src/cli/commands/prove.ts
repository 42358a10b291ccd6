import { PLAYERS } from '../../lib/lab/players.ts';
import { prove, type Proven } from '../../lib/lab/prove.ts';
import { loadScenario } from '../../lib/scenario/load.ts';
import { failWith } from '../problems.ts';
import { filesOf, findFolder, foldersIn, fromHere, shippedFolder, topologiesOf } from '../scenarios.ts';
import { printJson, progress, readArgs, UsageError } from '../usage.ts';

/** Holds scenarios against what they promise, by simulation over `--seeds` seeds. Exit code 1 where a promise is not kept. */
export async function run(args: string[]): Promise<number> {
	const { values, positionals } = readArgs(args, {
		seeds: { type: 'string', default: '20' },
		json: { type: 'boolean', default: false }
	});
	const count = Number(values.seeds);
	if (!Number.isInteger(count) || count < 1 || count > 1000) throw new UsageError('--seeds is a number from 1 to 1000');
	const seeds = Array.from({ length: count }, (_, i) => String(i + 1));
	const folders = positionals.length > 0 ? positionals.map(findFolder) : foldersIn(shippedFolder());
	const all: Proven[] = [];
	let code = 0;
	for (const folder of folders) {
		const loaded = loadScenario(folder.slug, filesOf(folder), topologiesOf(folder));
		if (!loaded.ok) {
			// One that does not load must not hide the others; in JSON it stands by itself on standard error.
			failWith(fromHere(loaded.problems, folder), false);
			code = 1;
			continue;
		}
		const bar = progress(`Proving ${folder.slug}`);
		const proven = prove(loaded.compiled, seeds, { onProgress: bar.update });
		bar.end();
		all.push(proven);
		if (!proven.ok) code = 1;
		if (!values.json) tell(proven);
	}
	const kept = all.filter(({ ok }) => ok).length;
	if (values.json) printJson({ seeds, proven: kept, of: folders.length, scenarios: all });
	else console.log(`${kept} of ${folders.length} scenarios proven over ${count} ${count === 1 ? 'seed' : 'seeds'}`);
	return code;
}

/** A line for the promises, one for the players (impact minutes, and how many runs they won), then what fell short. */
function tell({ scenario, proofs, standings }: Proven): void {
	console.log(`${scenario.padEnd(36)} ${proofs.map(({ check, ok }) => `${ok ? '✓' : '✗'} ${check}`).join('  ')}`);
	const players = PLAYERS.map((name) => {
		const standing = standings.find(({ player }) => player === name);
		return standing ? `${name} ${standing.impactMinutes.toFixed(2)} (${standing.resolved}/${standing.runs})` : '';
	});
	console.log(`${' '.repeat(36)} impact minutes: ${players.join('  ')}`);
	for (const { check, why } of proofs) for (const line of why.slice(0, 5)) console.log(`    ${check}: ${line}`);
}
