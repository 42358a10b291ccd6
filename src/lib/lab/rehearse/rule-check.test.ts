import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../scenario/load.ts';
import { FIXTURE, FIXTURE_TOPOLOGIES } from '../../scenario/testing/fixture.ts';
import { knownMetrics } from './known-metrics.ts';
import { checkRuleFile } from './rule-check.ts';

const loaded = loadScenario('tiny-case', FIXTURE, FIXTURE_TOPOLOGIES);
if (!loaded.ok) throw new Error('the fixture loads');
const known = knownMetrics([loaded.compiled]);
const article = readFileSync(
	fileURLToPath(new URL('../../../../tests/fixtures/article-rules.yaml', import.meta.url)),
	'utf8'
);

describe('known metrics', () => {
	it('have the names and labels that the scenarios show', () => {
		expect(known.names.has('http_requests_total')).toBe(true);
		expect(known.names.has('http_request_duration_seconds_bucket')).toBe(true);
		expect(known.names.has('job:errors:ratio_rate5m')).toBe(true);
		expect([...(known.labels('http_requests_total') ?? [])]).toEqual(
			expect.arrayContaining(['method', 'endpoint', 'status', 'service'])
		);
		expect(known.type('database_connection_pool_available')).toBe('gauge');
	});
});

describe('the rules of the article, as printed', () => {
	const { problems, rules } = checkRuleFile('article.yaml', article, known);

	it('have exactly these faults', () => {
		expect(rules).toBe(2);
		expect(problems.map(({ line, column, code, severity }) => `${line}:${column} ${code} ${severity}`)).toEqual([
			// 5xx per second against 0.05
			'5:15 rate_as_ratio warning',
			// 10 per second read 1000 %
			'12:42 rate_as_percentage warning',
			// recent_changes
			'15:89 yaml error',
			// affected_endpoints renders empty
			'16:47 nested_template warning'
		]);
		expect(problems[1]?.message).toContain('1000%');
		expect(problems[3]?.message).toContain('renders empty');
		expect(problems[3]?.message).toContain('no field metric');
	});
});

describe('a check', () => {
	const check = (rules: string) =>
		checkRuleFile('r.yaml', `groups:\n  - name: g\n    rules:\n${rules}`, known).problems.map(
			({ line, column, code }) => `${line}:${column} ${code}`
		);

	it.each([
		['      - alert: A\n        expr: up ==', ['5:20 rule']],
		['      - alert: A\n        expr: |\n          up\n            == ]', ['7:16 rule']],
		['      - alert: A\n        expr: up == 0\n        annotations:\n          a: "{{ $lables.x }}"', ['7:18 rule']],
		[
			'      - alert: A\n        expr: up == 0\n        annotations:\n          a: "{{ $labels.nobody }}"',
			['7:18 label_not_carried']
		],
		['      - alert: A\n        expr: uq == 0', ['5:15 unknown_metric']],
		['      - record: r:s\n        expr: up\n      - alert: A\n        expr: r:s == 0', []],
		['      - alert: A', ['4:9 rule']],
		['      - alert: A\n        record: b\n        expr: up', ['5:17 rule']],
		['      - record: b\n        expr: up\n        for: 1m', ['6:14 rule']]
	])('of %j finds %j', (rules, expected) => expect(check(rules)).toEqual(expected));

	it('leaves out what is unsound, and keeps the rest', () => {
		const { sound } = checkRuleFile(
			'r.yaml',
			'groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: up ==\n      - alert: B\n        expr: up == 0'
		);
		expect(sound.map(({ rules }) => rules.map(({ alert }) => alert))).toEqual([['B']]);
	});
});
