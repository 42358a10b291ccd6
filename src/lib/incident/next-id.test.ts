import { describe, expect, it } from 'vitest';
import type { Audience } from './actor.ts';
import { countId, nextId } from './next-id.ts';

const cl: Audience = { kind: 'seats', seats: ['communications_lead'] };

describe('ids', () => {
	it.each<[string, Record<string, number>, Audience | undefined, string]>([
		['begins at one', {}, undefined, 'q1'],
		['goes on', { question: 4 }, undefined, 'q5'],
		['counts what few may see apart', { question: 4 }, cl, 'q-cl1']
	])('%s', (_title, counters, audience, expected) => {
		expect(nextId({ counters }, 'question', audience)).toBe(expected);
	});

	it.each<[string, Record<string, number>]>([
		['a3', { alert: 3 }],
		['a-cl2', { 'alert-cl': 2 }],
		['9f2c', { alert: 1 }]
	])('counts %s', (id, expected) => {
		expect(countId({}, 'alert', id)).toEqual(expected);
	});
});
