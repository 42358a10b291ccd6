import { expect, it } from 'vitest';
import { lintScenario } from '../scenario/lint.ts';
import { FIXTURE, FIXTURE_TOPOLOGIES } from '../scenario/testing/fixture.ts';
import { checkSignals } from './lint-signals.ts';

function lint(from = '', to = ''): string[] {
	const rules = FIXTURE['rules.yaml'] ?? '';
	expect(rules).toContain(from);
	const files = { ...FIXTURE, 'rules.yaml': rules.replaceAll(from || '\0', to) };
	return lintScenario('tiny-case', files, FIXTURE_TOPOLOGIES, [checkSignals]).map(
		({ file, line, code, message }) => `${file}:${line}: ${code}: ${message}`
	);
}

it('finds nothing in the fixture', () => expect(lint()).toEqual([]));

it.each([
	[
		'a metric that nothing exports',
		'http_requests_total',
		'http_request_totals',
		'nothing here exports http_request_totals'
	],
	[
		'a metric that another service would have',
		'http_requests_total',
		'redis_up',
		'nothing here exports redis_up; it comes with exports: [redis]'
	],
	['a label that the metric does not have', 'status=~', 'code=~', 'http_requests_total has no label "code"'],
	[
		'a service that does not export it',
		'{status=~"5.."}',
		'{status=~"5..",service="db"}',
		'no service that exports http_requests_total is called db: there are front, api'
	]
])('finds an alert that cannot fire: %s', (_, from, to, says) => {
	expect(lint(from, to)).toEqual([
		expect.stringMatching(/^tiny-case\/rules\.yaml:5: alert_never: HighErrorRate cannot fire: /)
	]);
	expect(lint(from, to)[0]).toContain(says);
});
