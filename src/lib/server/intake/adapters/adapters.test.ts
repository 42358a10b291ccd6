import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ADAPTERS, adapterOf } from './index.ts';
import type { IncomingAlert } from './adapter.ts';

const ZERO = '0001-01-01T00:00:00Z';

function read(id: string, payload: unknown) {
	const adapter = adapterOf(id);
	if (!adapter) throw new Error(`no adapter ${id}`);
	return adapter.read(payload);
}
function first(id: string, payload: unknown): IncomingAlert {
	const result = read(id, payload);
	if (!result.ok) throw new Error(result.message);
	const [alert] = result.notification.alerts;
	if (!alert) throw new Error('no alert');
	return alert;
}

const AM = {
	version: '4',
	groupKey: '{}:{alertname="X"}',
	alerts: [
		{
			status: 'firing',
			labels: { alertname: 'X', service: 'checkout', severity: 'critical' },
			annotations: { summary: 'Checkout fails', description: 'half of all', runbook_url: 'https://r', value: '0.5' },
			startsAt: '2026-11-24T11:00:00Z',
			endsAt: ZERO,
			generatorURL: 'http://p/graph?g0.expr=rate%28x%5B5m%5D%29+%3E+0.05&g0.tab=1',
			fingerprint: 'f1'
		}
	]
};
const am = (over: object) => ({ ...AM, alerts: [{ ...AM.alerts[0], ...over }] });

describe('alertmanager', () => {
	it('reads what it sends', () => {
		expect(first('alertmanager', AM)).toEqual({
			status: 'firing',
			fingerprint: 'f1',
			startsAt: Date.UTC(2026, 10, 24, 11),
			endsAt: null,
			name: 'X',
			labels: { alertname: 'X', service: 'checkout', severity: 'critical' },
			level: 'critical',
			value: 0.5,
			context: {
				summary: 'Checkout fails',
				description: 'half of all',
				runbookUrl: 'https://r',
				dashboardUrl: 'http://p/graph?g0.expr=rate%28x%5B5m%5D%29+%3E+0.05&g0.tab=1',
				recentChanges: [],
				affectedEndpoints: [],
				escalation: null,
				automatedResponse: null,
				expr: 'rate(x[5m]) > 0.05'
			}
		});
	});

	it.each([
		[
			'a resolve',
			am({ status: 'resolved', endsAt: '2026-11-24T11:30:00Z' }),
			{ status: 'resolved', endsAt: Date.UTC(2026, 10, 24, 11, 30) }
		],
		[
			'no fingerprint',
			am({ fingerprint: undefined }),
			{ fingerprint: 'alertname=X,service=checkout,severity=critical' }
		],
		[
			'no annotations',
			am({ annotations: undefined, generatorURL: undefined }),
			{ value: null, context: expect.objectContaining({ summary: '', expr: null }) as unknown }
		],
		['a field of a later version', { ...am({}), shiny: 1 }, { name: 'X' }]
	])('reads %s', (_case, payload, expected) => expect(first('alertmanager', payload)).toMatchObject(expected));

	it.each([
		['nothing', null, 'malformed', 'This is no webhook'],
		['a list', [], 'malformed', 'This is no webhook'],
		['version 3', { ...AM, version: '3' }, 'malformed', 'version'],
		['no alerts', { ...AM, alerts: [] }, 'malformed', 'alerts'],
		['a time that is none', am({ startsAt: 'soon' }), 'malformed', 'alerts.0.startsAt'],
		['labels that are no texts', am({ labels: { a: 1 } }), 'malformed', 'alerts.0.labels.a'],
		['a status of its own', am({ status: 'flapping' }), 'malformed', 'alerts.0.status'],
		['too many alerts', { ...AM, alerts: Array.from({ length: 1001 }, () => AM.alerts[0]) }, 'too_large', 'alerts'],
		[
			'a text without end',
			am({ annotations: { summary: 'x'.repeat(20_000) } }),
			'too_large',
			'alerts.0.annotations.summary'
		]
	])('refuses %s in one sentence', (_case, payload, code, message) => {
		const result = read('alertmanager', payload);
		expect(result).toMatchObject({ ok: false, code });
		expect(result.ok ? '' : result.message).toMatch(/^[A-Za-z][^\n]*\.$/);
		expect(result.ok ? '' : result.message).toContain(message);
	});

	const recorded = '/work/shared/conformance/payloads/alertmanager-webhook-v4.ndjson';
	const beside = ['../shared/conformance/payloads/alertmanager-webhook-v4.ndjson', recorded].find((file) =>
		existsSync(file)
	);
	it.skipIf(beside === undefined)('reads what Alertmanager 0.25.0 sent (../shared/conformance)', () => {
		const lines = readFileSync(beside ?? '', 'utf8')
			.split('\n')
			.filter((line) => line.trim() !== '');
		const notifications = lines.map((line) => read('alertmanager', JSON.parse(line)));
		expect(
			notifications.map((one) =>
				one.ok ? one.notification.alerts.map(({ name, labels, level }) => [name, labels.service, level]) : one.message
			)
		).toEqual([
			[
				['HighErrorRate', 'checkout', 'critical'],
				['HighErrorRate', 'checkout', 'critical']
			],
			[['SimDBDown', 'db', 'critical']]
		]);
	});
});

describe('alerts, the form of Muster', () => {
	const payload = {
		group: 'checkout',
		alerts: [{ name: 'Slow', severity: 'warning', service: 'checkout', summary: 'p99 is 4 s' }]
	};
	it('reads the least that may be sent', () => {
		expect(first('alerts', payload)).toMatchObject({
			status: 'firing',
			fingerprint: 'alertname=Slow,service=checkout',
			startsAt: null,
			labels: { service: 'checkout' },
			level: 'warning',
			context: { summary: 'p99 is 4 s' }
		});
	});
	it.each([
		['no name', { alerts: [{ severity: 'x' }] }, 'alerts.0.name'],
		['no alerts', {}, 'alerts'],
		['a number for a text', { alerts: [{ name: 7 }] }, 'alerts.0.name'],
		['text', 'x', 'This is no list of alerts']
	])('refuses %s', (_case, value, message) => {
		const result = read('alerts', value);
		expect(result).toMatchObject({ ok: false, code: 'malformed' });
		expect(result.ok ? '' : result.message).toContain(message);
	});
});

it('each source has an address of its own', () => {
	expect(new Set(ADAPTERS.map(({ id }) => id)).size).toBe(ADAPTERS.length);
	expect(adapterOf('pigeon')).toBeNull();
});
