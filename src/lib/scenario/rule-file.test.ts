import { describe, expect, it } from 'vitest';
import { readRuleFile } from './rule-file.ts';

const file = (rules: string) => `groups:\n  - name: g\n    rules:\n${rules}`;
const told = (text: string) =>
	readRuleFile('r.yaml', text).problems.map(
		({ line, column, code, message }) => `${line}:${column} ${code} ${message}`
	);

describe('a rule file', () => {
	it('is read as Prometheus reads it', () => {
		const { data, problems } = readRuleFile(
			'r.yaml',
			`groups:
  - name: g
    interval: 30s
    limit: 5
    query_offset: 1m
    labels: { version: 1.10, on: yes }
    rules:
      - alert: A
        expr: 1
        for: 0
        keep_firing_for: 5m
        labels: &both { severity: page, nothing: null }
      - record: b:c
        expr: up
        labels: { <<: *both, severity: none }
  - name: empty
    rules:
`
		);
		expect(problems).toEqual([]);
		expect(data).toEqual({
			groups: [
				{
					name: 'g',
					interval: '30s',
					limit: 5,
					query_offset: '1m',
					labels: { version: '1.10', on: 'yes' },
					rules: [
						{ alert: 'A', expr: '1', for: '0', keep_firing_for: '5m', labels: { severity: 'page', nothing: '' } },
						{ record: 'b:c', expr: 'up', labels: { severity: 'none', nothing: '' } }
					]
				},
				{ name: 'empty', rules: [] }
			]
		});
	});

	it.each([
		['groups: 5', '1:9 schema expected a list: each item begins with "- "'],
		['rules: []', '1:1 unknown_field there is no field "rules" here: a rule file has groups'],
		['groups:\n  - rules: []', '2:5 schema Groupname must not be empty'],
		['groups:\n  - name: a\n  - name: a', '3:11 duplicate groupname: "a" is repeated in the same file'],
		['groups:\n  - name: a\n    limit: many', '3:12 schema limit must be a whole number, not "many"'],
		[
			file('      - alert: A\n        exprs: up'),
			'5:9 unknown_field there is no field "exprs" here: did you mean "expr"?'
		],
		[
			file('      - alert: A\n        expr: up\n        for: soon'),
			'6:14 schema not a valid duration string: "soon": expected a duration such as 30s, 2m or 1h30m'
		],
		[
			file('      - alert: A\n        expr: up\n        labels: [a]'),
			'6:9 schema expected names with texts, one `name: text` per line'
		],
		[
			file('      - alert: A\n        expr: up\n        labels: { a: { b: c } }'),
			'6:19 schema a must be text: put it in quotes if it begins with { or ['
		]
	])('%j', (text, problem) => expect(told(text)).toEqual([problem]));

	it('is read on behind a line that is no YAML', () => {
		const { data, problems } = readRuleFile(
			'r.yaml',
			file('      - alert: A\n        expr: "up{job="a"}"\n        for: 1m\n      - alert: B\n        expr: up')
		);
		expect(problems.map(({ line, code }) => [line, code])).toEqual([[5, 'yaml']]);
		expect(problems[0]?.message).toContain('write \\" for a quote inside it');
		expect(data.groups[0]?.rules).toEqual([
			{ alert: 'A', expr: '', for: '1m' },
			{ alert: 'B', expr: 'up' }
		]);
	});

	it.each([
		[
			'a bomb of aliases',
			`a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'.replace(/./g, (c, at: number) => `${c}: &${c} [${`*${'abcdefghi'.charAt(at)},`.repeat(9)}]\n`)}groups: *j`
		],
		['a tower of lists', `groups: ${'['.repeat(5000)}`],
		['a huge file', `groups: [] # ${'x'.repeat(2 * 1024 * 1024)}`],
		['a thousand broken lines', `groups:\n${'  - "a" b: [\n'.repeat(1000)}`],
		['no YAML at all', '\u0000\u0001{{{{']
	])('refuses %s, at once and in a sentence', (_what, text) => {
		const { problems } = readRuleFile('r.yaml', text);
		expect(problems.length).toBeGreaterThan(0);
		expect(problems.length).toBeLessThan(50);
	});
});
