import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { authoringGuide } from '../../lib/lab/authoring-guide.ts';
import { jsonSchemas, jsonSchemaText } from '../../lib/scenario/json-schema.schema.ts';
import { readFiles } from '../../lib/server/scenarios/registry.ts';
import { shippedFolder } from '../scenarios.ts';
import { readArgs, UsageError } from '../usage.ts';

/** Writes the JSON Schemas that editors complete with, and the authoring guide. `--check` only tells whether they are up to date. */
export async function run(args: string[]): Promise<number> {
	const { values, positionals } = readArgs(args, { check: { type: 'boolean', default: false } });
	if (positionals.length > 0) throw new UsageError(`takes no names, not "${positionals.join(' ')}"`);
	let stale = 0;
	const made = new Map(
		Object.entries(jsonSchemas()).map(([name, schema]) => [join(shippedFolder(), name), jsonSchemaText(schema)])
	);
	made.set(join(shippedFolder(), 'AUTHORING.md'), authoringGuide(readFiles(join(shippedFolder(), '_topologies'))));
	for (const [file, text] of made) {
		if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
		stale += 1;
		const shown = relative(process.cwd(), file);
		if (values.check) console.error(`${shown}:1:1: stale_schema: not what the format says now; run \`muster schema\``);
		else {
			mkdirSync(dirname(file), { recursive: true });
			writeFileSync(file, text);
			console.log(`wrote ${shown}`);
		}
	}
	return values.check && stale > 0 ? 1 : 0;
}
