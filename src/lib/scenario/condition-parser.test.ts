import { describe, expect, it } from 'vitest';
import type { Condition } from './condition.ts';
import { parseCondition } from './condition-parser.ts';

const errors = { service: 'core-api', where: {}, metric: 'errors' };
const declared: Condition = { type: 'declared' };
const a: Condition = { type: 'action', id: 'a' };
const b: Condition = { type: 'action', id: 'b' };

describe('parseCondition', () => {
	it.each<[string, Condition]>([
		[
			'metric(core-api.errors) < 0.5% for 3m',
			{ type: 'metric', target: errors, op: '<', value: 0.005, forMs: 180_000 }
		],
		[
			'metric(core-api.latency)>=2s',
			{ type: 'metric', target: { ...errors, metric: 'latency' }, op: '>=', value: 2_000, forMs: 0 }
		],
		[
			'metric( core-api[version=4.18.0].errors ) != 0',
			{ type: 'metric', target: { ...errors, where: { version: '4.18.0' } }, op: '!=', value: 0, forMs: 0 }
		],
		['state(outage)', { type: 'state', fault: null, state: 'outage' }],
		['state(release.outage)', { type: 'state', fault: 'release', state: 'outage' }],
		['visited(restart_worse)', { type: 'visited', fault: null, state: 'restart_worse' }],
		['action(rollback_api)', { type: 'action', id: 'rollback_api' }],
		['evidence(e2)', { type: 'evidence', id: 'e2' }],
		['elapsed > 8m', { type: 'elapsed', op: '>', ms: 480_000 }],
		['clock >= 06:00', { type: 'clock', op: '>=', minutes: 360 }],
		['clock < 30:00', { type: 'clock', op: '<', minutes: 1800 }],
		['severity == P1', { type: 'severity', op: '==', severity: 'P1' }],
		['role(incident_commander)', { type: 'role', role: 'incident_commander' }],
		['comms(status_page) >= 1', { type: 'comms', audience: 'status_page', op: '>=', count: 1 }],
		['declared', declared],
		['status == resolved', { type: 'status', status: 'resolved' }],
		['alert(HighErrorRate)', { type: 'alert', name: 'HighErrorRate' }],
		['acknowledged(HighErrorRate)', { type: 'acknowledged', name: 'HighErrorRate' }],
		['answered(vp_asks)', { type: 'answered', id: 'vp_asks' }],
		['handoff_complete', { type: 'handoff_complete' }],
		['not action(a)', { type: 'not', not: a }],
		['action(a) or action(b) and declared', { type: 'or', any: [a, { type: 'and', all: [b, declared] }] }],
		['(action(a) or action(b)) and declared', { type: 'and', all: [{ type: 'or', any: [a, b] }, declared] }],
		['not action(a) and declared', { type: 'and', all: [{ type: 'not', not: a }, declared] }],
		['not (action(a) and declared)', { type: 'not', not: { type: 'and', all: [a, declared] } }],
		['not not declared', { type: 'not', not: { type: 'not', not: declared } }],
		['action(a) and action(b) and declared', { type: 'and', all: [a, b, declared] }]
	])('%s', (text, condition) => expect(parseCondition(text)).toEqual({ ok: true, condition }));

	it.each<[string, number, RegExp]>([
		['', 0, /expected a condition/],
		['metric(core-api) < 1', 7, /expected a metric/],
		['metric(core-api.errors) 1', 24, /expected one of </],
		['metric(core-api.errors) < much', 26, /expected a quantity/],
		['metric(core-api.errors) < 1 for ever', 32, /expected a duration/],
		['metric(core-api.errors', 7, /not closed/],
		['action(a) and', 13, /expected a condition/],
		['action(a) action(b)', 10, /joined with and, or/],
		['(action(a)', 10, /expected "\)"/],
		['action(a))', 9, /did not expect "\)"/],
		['role(boss)', 5, /incident_commander/],
		['severity == P5', 12, /P1/],
		['clock > 25:99', 8, /expected a time/],
		['elapsed > 8', 10, /expected a duration/],
		['comms(status_page) >= many', 22, /whole number/],
		['status > resolved', 7, /expected ==/],
		['weather == good', 0, /there is no condition "weather"/],
		['action(a) = action(b)', 10, /did not expect/]
	])('%j is refused at %i', (text, offset, message) => {
		const parsed = parseCondition(text);
		expect(parsed).toMatchObject({ ok: false, offset });
		expect(parsed.ok ? '' : parsed.message).toMatch(message);
	});

	it('refuses absurd nesting instead of exhausting the stack', () => {
		expect(parseCondition('not '.repeat(50_000) + 'declared').ok).toBe(false);
		expect(parseCondition('('.repeat(50_000) + 'declared').ok).toBe(false);
	});
});
