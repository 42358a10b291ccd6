import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { jsonSchemas, jsonSchemaText, scenarioJsonSchema } from './json-schema.schema.ts';

describe('JSON Schemas of the file formats', () => {
	it.each(Object.entries(jsonSchemas()))('scenarios/%s is what the format says now', (name, schema) => {
		expect(readFileSync(`scenarios/${name}`, 'utf8')).toBe(jsonSchemaText(schema));
	});

	it('describes what an author writes, not what it becomes', () => {
		expect(JSON.stringify(scenarioJsonSchema())).toContain('"Condition":{"description":"A condition: metric(');
	});
});
