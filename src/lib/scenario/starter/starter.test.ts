import { describe, expect, it } from 'vitest';
import { readdirSync } from 'node:fs';
import { readFiles } from '../../server/scenarios/registry.ts';
import { prove } from '../../lab/prove.ts';
import { loadScenario } from '../load.ts';
import { STARTER_TOPOLOGIES, starterFiles } from './starter.ts';

const topologies = readFiles('scenarios/_topologies');

describe('the starter', () => {
	it('knows every archetype that is shipped', () => {
		const shipped = readdirSync('scenarios/_topologies').filter((name) => /^[a-z]+\.yaml$/.test(name));
		expect([...STARTER_TOPOLOGIES].sort()).toEqual(shipped.map((name) => name.replace('.yaml', '')).sort());
	});

	it.each(STARTER_TOPOLOGIES)('on %s it has no problem of any kind, and keeps every promise', (topology) => {
		const loaded = loadScenario('my-first', starterFiles('my-first', topology), topologies);
		if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems, null, 1));
		expect(loaded.warnings).toEqual([]);
		const proven = prove(loaded.compiled, ['1', '2', '3']);
		expect(proven.proofs.flatMap(({ check, why }) => why.map((line) => `${check}: ${line}`))).toEqual([]);
	});
});
