import { expect, it } from 'vitest';
import { caretAt, placeOf } from './place.ts';

it.each([
	['sum(rate(x)', 11, '1:12', 'sum(rate(x)\n           ^'],
	['a\n+ ]', 4, '2:3', '+ ]\n  ^'],
	['', 0, '1:1', '\n^']
])('%j at %d', (text, offset, place, caret) => {
	expect(placeOf(text, offset)).toBe(place);
	expect(caretAt(text, offset)).toBe(caret);
});

it('a long line is cut around the place', () => {
	const [line = '', caret = ''] = caretAt(`${'a'.repeat(100)}!${'b'.repeat(100)}`, 100).split('\n');
	expect(line.startsWith('…')).toBe(true);
	expect(line.endsWith('…')).toBe(true);
	expect(line[caret.indexOf('^')]).toBe('!');
});
