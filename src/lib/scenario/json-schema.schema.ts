import { z } from 'zod';
import { pathSchema } from './path.schema.ts';
import { runbookSchema } from './runbook.schema.ts';
import { scenarioSchema } from './scenario.schema.ts';
import { topologySchema } from './topology.schema.ts';

/** What an author writes into scenario.yaml, as JSON Schema (draft 2020-12), for completion and checks in editors. */
export function scenarioJsonSchema(): Record<string, unknown> {
	return describe(scenarioSchema, 'Muster scenario');
}

/** The schemas of all files that authors write, by their file names under scenarios/. */
export function jsonSchemas(): Record<string, Record<string, unknown>> {
	return {
		'scenario.schema.json': scenarioJsonSchema(),
		'topology.schema.json': describe(topologySchema, 'Muster topology'),
		'path.schema.json': describe(pathSchema, 'Muster learning path'),
		'runbook.schema.json': describe(runbookSchema, 'Front matter of a Muster runbook')
	};
}

/** Text of a schema file, ending in a newline. */
export function jsonSchemaText(schema: Record<string, unknown>): string {
	return `${JSON.stringify(schema, null, 2)}\n`;
}

function describe(schema: z.ZodType, title: string): Record<string, unknown> {
	const json = z.toJSONSchema(schema, {
		io: 'input',
		target: 'draft-2020-12',
		reused: 'inline',
		// zod leaves out the examples of what it reads into something else; ours are of what an author writes.
		override: ({ zodSchema, jsonSchema }) => {
			const examples = z.globalRegistry.get(zodSchema)?.examples;
			if (Array.isArray(examples)) jsonSchema.examples = examples;
		}
	});
	return { ...json, title };
}
