import { expect, it } from 'vitest';
import { caretOf, complete, wordAt } from './complete.ts';

it.each([
	['rate(http_re', 12, 'http_re'],
	['rate(http_re', 4, 'rate'],
	['sum(', 4, ''],
	['a + job:slo', 11, 'job:slo']
])('the word in %s at %d is %s', (text, caret, word) => expect(wordAt(text, caret)).toBe(word));

it('suggests names that begin so before names that hold it', () => {
	const families = ['process_up', 'up', 'up_time'].map((name) => ({ name }));
	expect(complete(families, 'up').map(({ name }) => name)).toEqual(['up_time', 'process_up']);
});

it.each([
	['sum(rate(x)', '1:12: expected ")"', 'sum(rate(x)\n           ^'],
	['a\n+ ]', '2:3: unexpected "]"', '+ ]\n  ^'],
	['x', 'too many series', null],
	['x', '9:9: beyond the text', null]
])('%j points at its mistake', (query, problem, expected) => expect(caretOf(query, problem)).toBe(expected));
