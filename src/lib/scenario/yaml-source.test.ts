import { describe, expect, it } from 'vitest';
import { MAX_FILE_CHARACTERS, readYaml } from './yaml-source.ts';

/** The problem of a text that is refused. */
function refusal(text: string) {
	const read = readYaml('x.yaml', text);
	return read.ok ? null : read.problems[0];
}

const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
for (let i = 1; i < 9; i++) {
	const [previous, own] = [String.fromCharCode(96 + i), String.fromCharCode(97 + i)];
	bomb.push(`${own}: &${own} [${Array.from({ length: 10 }, () => `*${previous}`).join(', ')}]`);
}

describe('readYaml refuses', () => {
	it.each([
		['aliases that multiply', bomb.join('\n'), 'yaml_aliases'],
		['a file beyond the limit', 'a: ' + 'x'.repeat(MAX_FILE_CHARACTERS), 'yaml_too_large'],
		['nested brackets', '['.repeat(200_000), 'yaml_too_deep'],
		['nested braces that close', '{a: '.repeat(5_000) + '1' + '}'.repeat(5_000), 'yaml_too_deep'],
		['compact nested lists', '- '.repeat(100_000) + 'x', 'yaml_too_deep'],
		['indented nesting', Array.from({ length: 60 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), 'yaml_too_deep'],
		['a key written twice', 'a: 1\nb: 2\na: 3', 'yaml_duplicate_key'],
		['keys that are not text', '? [a, b]\n: 1', 'yaml_key'],
		['broken syntax', 'a: [1, 2', 'yaml'],
		['two documents', 'a: 1\n---\nb: 2', 'yaml']
	])('%s', (_, text, code) => expect(refusal(text)?.code).toBe(code));

	it('nothing because of its many keys, and reads them in linear time', () => {
		const text = Array.from({ length: 30_000 }, (_, i) => `k${i}: 1`).join('\n');
		expect(readYaml('x.yaml', text).ok).toBe(true);
	});

	it('a duplicate at its place', () => {
		expect(refusal('a: 1\nb:\n  c: 1\n  c: 2')).toMatchObject({ line: 4, column: 3 });
	});
});

describe('locate', () => {
	const read = readYaml('x.yaml', 'a: 1\nlist:\n  - name: first\n  - name: "second"\n    more: [x, y]\nempty:\n');
	const source = read.ok ? read.source : null;
	it.each<[(string | number)[], { line: number; column: number }]>([
		[['a'], { line: 1, column: 4 }],
		[['list', 0, 'name'], { line: 3, column: 11 }],
		[['list', 1, 'name'], { line: 4, column: 12 }],
		[['list', 1, 'more'], { line: 5, column: 5 }],
		[['list', 1, 'more', 1], { line: 5, column: 15 }],
		[['list', 1, 'absent'], { line: 4, column: 5 }],
		[['list', 7], { line: 2, column: 1 }],
		[['empty'], { line: 6, column: 7 }],
		[[], { line: 1, column: 1 }]
	])('%j', (path, place) => expect(source?.locate(path)).toEqual(place));

	it('finds keys, and counts lines from where the text begins', () => {
		const inFront = readYaml('x.md', 'a: 1\nb: 2\n', 2);
		expect(inFront.ok && inFront.source.locate(['b'], 'key')).toEqual({ line: 3, column: 1 });
	});
});
