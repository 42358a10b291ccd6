import { describe, expect, it } from 'vitest';
import { CsvReader } from './csv.ts';
import { formOf, rowReader, type FileForm } from './rows.ts';
import { tooDeep } from './json.ts';

function read(text: string, size = text.length || 1) {
	const reader = new CsvReader();
	const lines = [];
	for (let at = 0; at < text.length; at += size) lines.push(...reader.feed(text.slice(at, at + size)));
	lines.push(...reader.end());
	return { lines: lines.map(({ line, cells }) => [line, ...cells]), code: reader.failure?.code ?? null };
}

describe('CSV', () => {
	it.each([
		[
			'plain',
			'a,b\n1,2\n',
			[
				[1, 'a', 'b'],
				[2, '1', '2']
			]
		],
		[
			'no end of line at the end',
			'a,b\n1,2',
			[
				[1, 'a', 'b'],
				[2, '1', '2']
			]
		],
		[
			'semicolons',
			'a;b\n1,5;2',
			[
				[1, 'a', 'b'],
				[2, '1,5', '2']
			]
		],
		[
			'tabs',
			'a\tb\n1\t2',
			[
				[1, 'a', 'b'],
				[2, '1', '2']
			]
		],
		[
			'byte order mark and CRLF',
			'\ufeffa,b\r\n1,2\r\n',
			[
				[1, 'a', 'b'],
				[2, '1', '2']
			]
		],
		[
			'old line ends',
			'a,b\r1,2',
			[
				[1, 'a', 'b'],
				[2, '1', '2']
			]
		],
		[
			'quotes inside quotes',
			'a\n"say ""hi"", twice"',
			[
				[1, 'a'],
				[2, 'say "hi", twice']
			]
		],
		[
			'a quote amid a plain cell',
			'a,b\n5" disk,x',
			[
				[1, 'a', 'b'],
				[2, '5" disk', 'x']
			]
		],
		[
			'blank lines keep the count',
			'a\n\n\n1',
			[
				[1, 'a'],
				[4, '1']
			]
		],
		[
			'a cell of several lines keeps the count',
			'a,b\n"one\ntwo\r\nthree",2\n3,4',
			[
				[1, 'a', 'b'],
				[2, 'one\ntwo\n\nthree', '2'],
				[6, '3', '4']
			]
		],
		[
			'empty cells',
			'a,b,c\n,"",',
			[
				[1, 'a', 'b', 'c'],
				[2, '', '', '']
			]
		]
	])('%s', (_case, text, expected) => {
		if (!text.includes('three')) expect(read(text).lines).toEqual(expected);
		// However the pieces fall.
		for (const size of [1, 2, 3, 7]) expect(read(text, size)).toEqual(read(text));
		expect(read(text).code).toBeNull();
	});

	it('says on which line of an editor a row begins', () => {
		const { lines } = read('a,b\n"one\ntwo",2\n3,4');
		expect(lines.map(([line]) => line)).toEqual([1, 2, 4]);
	});

	it.each([
		['an endless line', `a\n${'x'.repeat(300_000)}`, 'line_too_long'],
		['an endless cell', `a\n"${'x,'.repeat(15_000)}`, 'line_too_long'],
		['a quote that is never closed', 'a\n"x', 'not_readable'],
		['letters after a closing quote', 'a\n"x"y', 'not_readable'],
		['columns without end', `${'a,'.repeat(300)}`, 'too_large']
	])('refuses %s', (_case, text, code) => expect(read(text).code).toBe(code));
});

function rows(text: string, form: FileForm = formOf(text, 'x')) {
	const reader = rowReader(form);
	reader.feed(text);
	reader.end();
	return reader;
}

describe('rows of any form', () => {
	it.each([
		['csv', 'id,sev\nA,P1'],
		['json', '[{"id":"A","sev":"P1"}]'],
		['json', '{"incidents":[{"id":"A","sev":"P1"}]}'],
		['ndjson', '{"id":"A","sev":"P1"}\n'],
		['json', '{\n"data": [{"id":"A","sev":"P1","x":null}]}']
	] as const)('%s', (form, text) => {
		expect(formOf(text, 'x')).toBe(form);
		const read = rows(text);
		expect(read.failure).toBeNull();
		expect(read.rows.map(({ cells }) => cells)).toEqual([{ id: 'A', sev: 'P1' }]);
	});

	it('joins lists and keeps numbers', () => {
		expect(rows('[{"id":7,"services":["a","b"],"escalated":true}]').rows[0]?.cells).toEqual({
			id: '7',
			services: 'a; b',
			escalated: 'true'
		});
	});

	it.each([
		['nothing', '', 'empty_file'],
		['broken JSON', '[{"id":1},', 'not_readable'],
		['no list', '{"a":1,\n"b":2}', 'not_readable'],
		['deep JSON', '['.repeat(100_000), 'too_deep'],
		['an empty list', '[]', 'empty_file']
	])('refuses %s in one sentence', (_case, text, code) => {
		expect(rows(text).failure?.code).toBe(code);
		expect(rows(text).failure?.message).toMatch(/^[A-Z].*\.$/s);
	});

	it('refuses a row with cells too many, and one line of NDJSON that is broken, and takes the others', () => {
		const csv = rows('id,title\nA,one, two\nB,x');
		expect(csv.refused.map(({ line, code }) => [line, code])).toEqual([[2, 'too_many_cells']]);
		expect(csv.rows.map(({ line }) => line)).toEqual([3]);
		const ndjson = rows('{"id":"A"}\nnonsense\n{"id":"B"}\n');
		expect(ndjson.refused.map(({ line, code }) => [line, code])).toEqual([[2, 'not_readable']]);
		expect(ndjson.rows.map(({ line }) => line)).toEqual([1, 3]);
	});

	it('refuses a record of a JSON list by itself', () => {
		const json = rows('[{"id":"A"},7,{"id":"B\\u0000"},{"id":"\\ud800"},{"id":"C"}]');
		expect(json.refused.map(({ line, code }) => [line, code])).toEqual([
			[2, 'not_readable'],
			[3, 'not_text'],
			[4, 'not_text']
		]);
		expect(json.rows.map(({ line }) => line)).toEqual([1, 5]);
	});

	it('tells columns of one name apart', () => {
		expect(rows('id,date,date,\nA,1,2,3').columns).toEqual(['id', 'date', 'date (2)', 'column 4']);
	});

	it('does not count brackets inside texts', () => {
		expect(tooDeep(`["${'['.repeat(50)}\\"${'{'.repeat(50)}"]`)).toBeNull();
		expect(tooDeep('['.repeat(13))).not.toBeNull();
	});
});
