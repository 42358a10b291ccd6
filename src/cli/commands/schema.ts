import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { jsonSchemas, jsonSchemaText } from '../../lib/scenario/json-schema.schema.ts';
import { shippedFolder } from '../scenarios.ts';
import { readArgs, UsageError } from '../usage.ts';

/** Writes the JSON Schemas that editors complete and check scenarios with. `--check` only tells whether they are up to date. */
export async function run(args: string[]): Promise<number> {
	const { values, positionals } = readArgs(args, { check: { type: 'boolean', default: false } });
	if (positionals.length > 0) throw new UsageError(`takes no names, not "${positionals.join(' ')}"`);
	let stale = 0;
	for (const [name, schema] of Object.entries(jsonSchemas())) {
		const file = join(shippedFolder(), name);
		const text = jsonSchemaText(schema);
		if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
		stale += 1;
		const shown = relative(process.cwd(), file);
		if (values.check) console.error(`${shown}:1:1: stale_schema: not what the format says now; run \`muster schema\``);
		else {
			writeFileSync(file, text);
			console.log(`wrote ${shown}`);
		}
	}
	return values.check && stale > 0 ? 1 : 0;
}
