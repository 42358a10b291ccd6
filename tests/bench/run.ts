// `npm run bench [names]`: figures as ratios within one run. Each bench runs in a process of its own, so that none heats or
// fills the others', and is ended when it takes longer than a minute.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { figureLine, isMet, type Bench, type Figure } from './support/figure.ts';

const BENCHES: Record<string, () => Promise<{ default: Bench }>> = {
	simulate: () => import('./simulate.ts'),
	rules: () => import('./rules.ts'),
	append: () => import('./append.ts'),
	import: () => import('./import.ts'),
	rooms: () => import('./rooms.ts'),
	recovery: () => import('./recovery.ts'),
	weight: () => import('./weight.ts'),
	memory: () => import('./memory.ts'),
	analytics: () => import('./analytics.ts'),
	replay: () => import('./replay.ts')
};

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		child: { type: 'boolean', default: false },
		json: { type: 'boolean', default: false },
		/** Seconds that one bench may take; more where others use the machine. */
		limit: { type: 'string', default: '60' }
	}
});
const LIMIT_MS = Number(values.limit) * 1000;
const unknown = positionals.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0) {
	console.error(`There is no bench ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}.`);
	process.exitCode = 2;
} else if (values.child) {
	await runHere(positionals[0] ?? '');
} else {
	await runAll(positionals.length > 0 ? positionals : Object.keys(BENCHES));
}

type Line = { figure: Figure } | { skip: string } | { about: string };

/** In the child: one line of JSON per figure. */
async function runHere(name: string): Promise<void> {
	const say = (line: Line) => process.stdout.write(`${JSON.stringify(line)}\n`);
	const bench = (await BENCHES[name]?.())?.default;
	if (!bench) return;
	say({ about: bench.about });
	for (const figure of await bench.run((skip) => say({ skip }))) say({ figure });
	// Whatever a bench left open must not keep its process.
	process.exit(0);
}

async function runAll(names: readonly string[]): Promise<void> {
	const figures: Record<string, Figure[]> = {};
	if (!values.json) console.log('what | measured | reference | ratio | target');
	for (const name of names) {
		const of: Figure[] = (figures[name] = []);
		const failed = await runChild(name, (line) => {
			if ('figure' in line) of.push(line.figure);
			if (values.json) return;
			if ('figure' in line) console.log(figureLine(line.figure));
			else if ('skip' in line) console.log(`skipped: ${line.skip}`);
			else console.log(`\n## ${name}: ${line.about}`);
		});
		if (failed !== null) {
			console.error(`${name}: ${failed}`);
			process.exitCode = 1;
		}
	}
	if (values.json) console.log(JSON.stringify(figures, null, 2));
	const missed = Object.values(figures)
		.flat()
		.filter((figure) => isMet(figure) === false);
	if (!values.json)
		console.log(
			`\n${missed.length} of ${
				Object.values(figures)
					.flat()
					.filter(({ target }) => target).length
			} targets missed`
		);
}

/** Why it failed, or null. */
function runChild(name: string, hear: (line: Line) => void): Promise<string | null> {
	return new Promise((resolve) => {
		const args = ['--expose-gc', '--import', 'tsx', fileURLToPath(import.meta.url), '--child', name];
		const child = spawn(process.execPath, args, {
			stdio: ['ignore', 'pipe', 'inherit'],
			env: { ...process.env, TSX_TSCONFIG_PATH: fileURLToPath(new URL('../../tsconfig.node.json', import.meta.url)) }
		});
		let rest = '';
		let late = false;
		const timer = setTimeout(() => {
			late = true;
			child.kill('SIGKILL');
		}, LIMIT_MS);
		child.stdout.on('data', (chunk: Buffer) => {
			const lines = (rest + chunk.toString()).split('\n');
			rest = lines.pop() ?? '';
			for (const line of lines) hear(JSON.parse(line) as Line);
		});
		child.on('error', (error) => resolve(error.message));
		child.on('close', (code) => {
			clearTimeout(timer);
			resolve(late ? `took longer than ${LIMIT_MS / 1000} s and was ended` : code === 0 ? null : `ended with ${code}`);
		});
	});
}
