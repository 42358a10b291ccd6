import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aboutAt, keysAt, namesAt, schemasAt, valuesAt, type JsonSchema } from './schema-help.ts';

const schema = JSON.parse(readFileSync('scenarios/scenario.schema.json', 'utf8')) as JsonSchema;
const state = ['faults', 0, 'states', 'outage'];

describe('what the schema says of a place', () => {
	it('offers the keys of a map, those that must be there first, and none twice', () => {
		const top = keysAt(schema, [], ['format', 'id']);
		expect(top[0]).toMatchObject({ label: 'title', apply: 'title: ', detail: 'required' });
		expect(top.map(({ label }) => label)).not.toContain('id');
		expect(top.find(({ label }) => label === 'faults')?.apply).toBe('faults:');
		expect(keysAt(schema, state, []).map(({ label }) => label)).toEqual([
			'phase',
			'note',
			'effects',
			'instruments',
			'logs',
			'next',
			'on'
		]);
		expect(keysAt(schema, [...state, 'effects', 3], ['metric']).map(({ label }) => label)).toContain('ramp');
		expect(keysAt(schema, ['role_cards', 'scribe'], []).map(({ label }) => label)).toEqual(['brief', 'knows']);
		expect(keysAt(schema, ['no', 'such', 5, 'place'], [])).toEqual([]);
	});

	it('offers values that are listed, else an example', () => {
		expect(valuesAt(schema, ['team']).map(({ label }) => label)).toEqual(['solo', 'pair', 'squad', 'multi-team']);
		expect(valuesAt(schema, ['injects', 0, 'asks']).map(({ label }) => label)).toEqual(['true', 'false']);
		expect(valuesAt(schema, ['changes', 0, 'rollout'])).toEqual([
			{ label: '150s', apply: '150s', detail: 'for example', info: expect.stringContaining('rollout') as string }
		]);
		expect(valuesAt(schema, ['severity', 'level'])[0]).toMatchObject({ label: 'P1' });
	});

	it('tells what a field is for, with an example, also of what it refers to', () => {
		expect(aboutAt(schema, ['minutes'])).toBe('The run ends after so many minutes at the latest.\nExample: 15');
		expect(aboutAt(schema, [...state, 'phase'])).toMatch(/One of: healthy, latent/);
		expect(aboutAt(schema, ['nothing'])).toBe('');
		expect(schemasAt(schema, ['changes', 0, 'at'])[0]?.description).toContain('begin of the run');
	});

	it('offers the names of this very scenario where they fit', () => {
		const names = {
			archetype: ['core-api', 'redis'],
			services: ['core-api'],
			metrics: ['core-api.errors'],
			states: ['outage'],
			mitigations: ['rollback'],
			diagnostics: ['logs'],
			alerts: ['ErrorShareHigh'],
			runbooks: ['r']
		};
		const labels = (path: (string | number)[], before: string) =>
			namesAt(path, before, names)?.offers.map(({ label }) => label);
		expect(labels(['changes', 0, 'service'], '')).toEqual(['core-api']);
		expect(labels(['topology', 'services', 1], '')).toEqual(['core-api', 'redis']);
		expect(labels([...state, 'next', 0, 'to'], '')).toEqual(['outage']);
		expect(labels(['mitigations', 0, 'to', 'release'], '')).toEqual(['outage']);
		expect(labels(['injects', 0, 'to'], '')).toBeUndefined();
		expect(labels(['ideal', 0, 'do', 'mitigationId'], '')).toEqual(['rollback']);
		expect(namesAt(['restored', 0], 'metric(core', names)).toEqual({
			from: 'metric('.length,
			offers: [{ label: 'core-api.errors', apply: 'core-api.errors', detail: 'metric', info: '' }]
		});
		expect(labels(['restored', 0], 'ev')).toContain('evidence(');
		expect(namesAt(['ideal', 0, 'when'], 'declared and el', names)?.from).toBe('declared and '.length);
	});
});
