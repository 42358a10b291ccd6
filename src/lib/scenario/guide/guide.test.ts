import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { authoringGuide } from '../../lab/authoring-guide.ts';
import { baselineOf, createWorld } from '../../world/index.ts';
import { readFiles } from '../../server/scenarios/registry.ts';
import { jsonSchemas } from '../json-schema.schema.ts';
import { loadScenario } from '../load.ts';
import { runbookSchema } from '../runbook.schema.ts';
import { scenarioSchema } from '../scenario.schema.ts';
import { starterFiles } from '../starter/starter.ts';
import { examplesAmiss } from '../testing/examples.schema.ts';
import { topologySchema } from '../topology.schema.ts';
import { fieldLines, flow } from './reference.ts';

const schemas = jsonSchemas();
const topologies = readFiles('scenarios/_topologies');
const guide = authoringGuide(topologies);

describe('the authoring guide', () => {
	it('scenarios/AUTHORING.md is what the format says now: else run `muster schema`', () => {
		expect(readFileSync('scenarios/AUTHORING.md', 'utf8')).toBe(guide);
	});

	it.each(Object.keys(schemas))('tells of every field of %s what it is for, and shows an example', (name) => {
		const schema = schemas[name] ?? {};
		const lines = fieldLines(schema, schema);
		expect(lines.length).toBeGreaterThan(5);
		expect(lines.filter(({ about }) => about === '').map(({ path }) => path)).toEqual([]);
		const holders = new Set(lines.map(({ path }) => path.replace(/(\[\]|\.\*)*\.[^.]+$/, '')));
		const bare = lines.filter(
			({ path, example, about }) => example === null && !holders.has(path) && !about.includes('*Effects*')
		);
		expect(bare.map(({ path }) => path)).toEqual([]);
	});

	it.each([
		['scenario', scenarioSchema],
		['runbook', runbookSchema],
		['topology', topologySchema]
	])('shows no example in a %s that would be refused', (name, schema) => {
		expect(examplesAmiss(schema, name)).toEqual([]);
	});

	it('names no metric that does not exist', () => {
		const loaded = loadScenario('a1', starterFiles('a1', 'shop'), topologies);
		if (!loaded.ok) throw new Error('the starter does not load');
		const world = createWorld(loaded.compiled, '1');
		const line = /Every service has ([\s\S]*?): do not write/.exec(guide)?.[1] ?? '';
		const named = [...line.matchAll(/`([a-z_]+)`/g)].map(([, metric = '']) => metric);
		expect(named.length).toBeGreaterThan(12);
		const unknown = named.filter((metric) =>
			['orders-db', 'checkout'].every((of) => baselineOf(world, of, metric) === 0)
		);
		expect(unknown).toEqual([]);
	});

	it('writes values as YAML reads them', () => {
		expect([5, true, '4.18.0', 'a b', 'a: b', '9%', '90s', ['x', 'y'], { a: { b: 'c' } }].map(flow)).toEqual([
			'5',
			'true',
			'"4.18.0"',
			'a b',
			'"a: b"',
			'9%',
			'90s',
			'[x, y]',
			'{ a: { b: c } }'
		]);
	});
});
