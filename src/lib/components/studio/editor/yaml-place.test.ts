import { describe, expect, it } from 'vitest';
import { placeAt } from './yaml-place.ts';

/** `|` is where one writes. */
function at(marked: string) {
	const offset = marked.indexOf('|');
	return placeAt(marked.slice(0, offset) + marked.slice(offset + 1), offset);
}

describe('where one writes in YAML', () => {
	const places: [string, string, { path: (string | number)[]; at: 'key' | 'value'; word: string }][] = [
		['a key at the left', 'format: 1\nti|', { path: [], at: 'key', word: 'ti' }],
		['a value', 'format: 1\nteam: so|', { path: ['team'], at: 'value', word: 'so' }],
		['a key below another', 'severity:\n  le|', { path: ['severity'], at: 'key', word: 'le' }],
		['an empty line that is indented', 'severity:\n  |', { path: ['severity'], at: 'key', word: '' }],
		['an empty line at the left again', 'severity:\n  level: P1\n|', { path: [], at: 'key', word: '' }],
		['the first key of an entry', 'faults:\n  - i|', { path: ['faults', 0], at: 'key', word: 'i' }],
		['the second entry', 'faults:\n  - id: a\n  - id: b\n    in|', { path: ['faults', 1], at: 'key', word: 'in' }],
		[
			'a list as far left as its key',
			'faults:\n- id: a\n- id: b\n  x: |',
			{ path: ['faults', 1, 'x'], at: 'value', word: '' }
		],
		[
			'deep inside',
			'faults:\n  - id: a\n    states:\n      ok:\n        next:\n          - { after: 3m, t|',
			{ path: ['faults', 0, 'states', 'ok', 'next', 0], at: 'key', word: 't' }
		],
		[
			'a value in braces',
			'a:\n  - { metric: x.errors, step: { to: |',
			{ path: ['a', 0, 'step', 'to'], at: 'value', word: '' }
		],
		['an entry in brackets', 'skills: [one, t|', { path: ['skills', 1], at: 'value', word: 't' }],
		['after a quoted colon', 'a: { b: "x: y", c: d|', { path: ['a', 'c'], at: 'value', word: 'd' }],
		['a condition', 'restored:\n  - metr|', { path: ['restored', 0], at: 'key', word: 'metr' }],
		[
			'after a block of text',
			'a: |\n  free: text\nb: |'.replace('a: |', 'a: >-'),
			{ path: ['b'], at: 'value', word: '' }
		]
	];
	it.each(places)('%s', (_name, text, place) => {
		expect(at(text)).toMatchObject(place);
	});

	it('is nowhere in a comment or a block of text', () => {
		expect(at('a: 1 # not|')).toBeNull();
		expect(placeAt('a: >-\n  some words', 12)).toBeNull();
	});

	it('knows what the map has already', () => {
		expect(at('severity:\n  level: P1\n  |\n  note: x\nteam: solo')?.present.sort()).toEqual(['level', 'note']);
		expect(at('a:\n  - id: x\n    to: y\n    |\n  - id: z\n    other: 1')?.present.sort()).toEqual(['id', 'to']);
		expect(at('a: { from: 1, |')?.present).toEqual(['from']);
	});

	it('survives whatever is typed', () => {
		for (const text of ['{{{[[', '- - - -', ': : :', '\t\t- x', '"', 'a: "b', '[}', '|||']) {
			for (let offset = 0; offset <= text.length; offset++) expect(() => placeAt(text, offset)).not.toThrow();
		}
	});
});
