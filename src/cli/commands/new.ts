import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { suggestion } from '../../lib/scenario/nearest.ts';
import { STARTER_TOPOLOGIES, starterFiles } from '../../lib/scenario/starter/starter.ts';
import { slugProblem } from '../../lib/server/studio/files.ts';
import { shippedFolder } from '../scenarios.ts';
import { CommandError, readArgs, UsageError } from '../usage.ts';

const SCHEMA = '$schema=../scenario.schema.json';

/** Begins a scenario on one of the archetypes; the folder it writes passes `muster lint` and `muster prove` as it is. */
export function run(args: string[]): Promise<number> {
	const { values, positionals } = readArgs(args, { topology: { type: 'string' }, in: { type: 'string' } });
	const [slug, ...more] = positionals;
	if (slug === undefined || more.length > 0) throw new UsageError('takes the one name of the scenario to be');
	const problem = slugProblem(slug);
	if (problem) throw new CommandError('slug', problem);
	const known: readonly string[] = STARTER_TOPOLOGIES;
	if (values.topology === undefined) throw new UsageError(`--topology is one of ${known.join(', ')}`);
	const topology = STARTER_TOPOLOGIES.find((id) => id === values.topology);
	if (!topology) {
		throw new CommandError(
			'unknown_topology',
			`there is no topology "${values.topology}": ${suggestion(values.topology, known)}`
		);
	}
	const folder = join(resolve(values.in ?? shippedFolder()), slug);
	const near = relative(process.cwd(), folder);
	const shown = near.startsWith('..') ? folder : near;
	if (existsSync(folder)) {
		throw new CommandError(
			'exists',
			`${shown} is there already, and nothing was written: choose another name, or edit what is there`
		);
	}
	// Editors look the schema up from where the file is.
	const schema = relative(folder, join(shippedFolder(), 'scenario.schema.json')).replaceAll('\\', '/');
	for (const [path, text] of Object.entries(starterFiles(slug, topology))) {
		const file = join(folder, path);
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, text.replace(SCHEMA, `$schema=${schema}`), { flag: 'wx' });
		console.log(`wrote ${join(shown, path)}`);
	}
	const name = values.in === undefined ? slug : shown;
	console.error(
		`\nIt works as it is. Change it, and ask as often as you like:\n  muster lint ${name}\n  muster prove ${name} --seeds 3\nThe guide: scenarios/AUTHORING.md, or /studio/guide in the app.`
	);
	return Promise.resolve(0);
}
