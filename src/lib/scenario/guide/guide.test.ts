import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { authoringGuide } from '../../lab/authoring-guide.ts';
import { readFiles } from '../../server/scenarios/registry.ts';
import { jsonSchemas } from '../json-schema.schema.ts';
import { METRICS_WITH_UNIT, unitOf } from '../lint/units.ts';
import { loadTopology } from '../load.ts';
import { runbookSchema } from '../runbook.schema.ts';
import { scenarioSchema } from '../scenario.schema.ts';
import { STARTER_TOPOLOGIES } from '../starter/starter.ts';
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

	it('tells of every metric that has a unit, in its unit', () => {
		const [, table = ''] = /\| metric \| what it is \| as in \|.*\n\|[-|]+\n((?:\|.*\n)+)/.exec(guide) ?? [];
		const rows = table.split('\n').flatMap((line) => {
			const [, names = '', , example = ''] = line.split('|');
			return [...names.matchAll(/`([a-z_]+)`/g)].map(
				([, metric = '']) => [metric, example.replace(/[` ]/g, '')] as const
			);
		});
		const units = { share: /^\d+%$/, time: /^\d+m?s$/, count: /^\d+$/ };
		expect(rows.map(([metric]) => metric)).toEqual(
			expect.arrayContaining(METRICS_WITH_UNIT.filter((metric) => !['ready', 'replicas'].includes(metric)))
		);
		for (const [metric, example] of rows) {
			const unit = unitOf(metric);
			if (metric !== 'traffic') expect([metric, unit && units[unit].test(example)]).toEqual([metric, true]);
		}
	});

	it('names every service of every archetype, and what it calls', () => {
		for (const base of STARTER_TOPOLOGIES) {
			const { topology } = loadTopology(base, topologies);
			const [, part = ''] = new RegExp(`\\n### \\\`${base}\\\`\\n([\\s\\S]*?)\\n##`).exec(guide) ?? [];
			for (const name of Object.keys(topology?.services ?? {})) expect(part).toContain(`\n| \`${name}\` |`);
		}
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
