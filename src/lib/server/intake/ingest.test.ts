import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestMuster, type TestMuster } from '../../../../tests/support/test-muster.ts';
import { foldMilestones } from '../../incident/milestones.ts';
import { ingest, type Ingested } from './ingest.ts';
import { makeSource, changeSource, revokeSource } from './sources.ts';
import { isExercise } from './exercise.ts';
import { proposedSeverity } from './severity.ts';

let server: TestMuster;
beforeAll(async () => {
	server = await openTestMuster({ compiled: [] });
});
afterAll(() => server.close());

async function source(adapter = 'alertmanager', name = 'Prometheus') {
	const made = await makeSource(server.muster, { name, adapter });
	if (!made.ok) throw new Error(made.message);
	return made;
}
function send(token: string | null, body: unknown, adapter = 'alertmanager') {
	const request = new Request('http://x/', {
		method: 'POST',
		body: body instanceof Uint8Array ? body.slice() : typeof body === 'string' ? body : JSON.stringify(body),
		headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) }
	});
	return ingest(server.muster, adapter, request);
}
async function taken(token: string, body: unknown, adapter?: string): Promise<Ingested> {
	const answer = await send(token, body, adapter);
	if (!answer.ok) throw new Error(`${answer.code}: ${answer.message}`);
	return answer;
}

let n = 0;
const alert = (over: Record<string, unknown> = {}) => ({
	status: 'firing',
	labels: { alertname: 'HighErrorRate', service: 'checkout', severity: 'critical' },
	annotations: { summary: 'Half of all checkouts fail' },
	startsAt: '2025-12-31T23:50:00Z',
	endsAt: '0001-01-01T00:00:00Z',
	fingerprint: `f${++n}`,
	...over
});
const webhook = (alerts: object[], groupKey = `g${n}`) => ({ version: '4', groupKey, alerts });
const live = (incidentId: string | null | undefined) => server.live(incidentId ?? '');

describe('an alert', () => {
	it('opens an incident with a title and a proposed severity, and declares nothing', async () => {
		const { token } = await source();
		const answer = await taken(token, webhook([alert()]));
		expect(answer).toMatchObject({ taken: 1, refused: 0, alerts: [{ outcome: 'fired' }] });
		const { course, stored, title, events } = await live(answer.alerts[0]?.incidentId);
		expect(stored.origin).toBe('real');
		expect(title).toBe('Half of all checkouts fail');
		expect(course.incident).toMatchObject({
			declared: null,
			opened: { title: 'Half of all checkouts fail', severity: 'P1', source: 'Prometheus' },
			alerts: [
				{
					name: 'HighErrorRate',
					firedAt: Date.UTC(2025, 11, 31, 23, 50),
					labels: { service: 'checkout' },
					context: { summary: 'Half of all checkouts fail' }
				}
			]
		});
		expect(foldMilestones(events).detectedBy).toBe('alert');
	});

	it('that is told again does nothing, and one that fires again does', async () => {
		const { token } = await source();
		const one = alert();
		const {
			alerts: [fired]
		} = await taken(token, webhook([one], 'again'));
		const before = (await live(fired?.incidentId)).events.length;
		const repeats = await Promise.all([1, 2, 3].map(() => taken(token, webhook([one], 'again'))));
		expect(repeats.flatMap(({ alerts }) => alerts.map(({ outcome }) => outcome))).toEqual([
			'repeated',
			'repeated',
			'repeated'
		]);
		expect((await live(fired?.incidentId)).events.length).toBe(before);
		const anew = await taken(token, webhook([{ ...one, startsAt: '2025-12-31T23:58:00Z' }], 'again'));
		expect(anew.alerts).toMatchObject([{ outcome: 'fired', incidentId: fired?.incidentId }]);
	});

	it('joins the open incident of its group, and another group is another incident', async () => {
		const { token } = await source();
		const first = await taken(token, webhook([alert(), alert()], 'one'));
		expect(new Set(first.alerts.map(({ incidentId }) => incidentId)).size).toBe(1);
		const joined = await taken(token, webhook([alert()], 'one'));
		expect(joined.alerts[0]?.incidentId).toBe(first.alerts[0]?.incidentId);
		const other = await taken(token, webhook([alert()], 'two'));
		expect(other.alerts[0]?.incidentId).not.toBe(first.alerts[0]?.incidentId);
	});

	it('of several requests at once opens one incident', async () => {
		const { token } = await source();
		const answers = await Promise.all(Array.from({ length: 8 }, () => taken(token, webhook([alert()], 'rush'))));
		expect(new Set(answers.map(({ alerts }) => alerts[0]?.incidentId)).size).toBe(1);
	});

	it('that resolves is closed, and its incident is not', async () => {
		const { token } = await source();
		const one = alert();
		const {
			alerts: [fired]
		} = await taken(token, webhook([one], 'over'));
		const over = { ...one, status: 'resolved', endsAt: '2025-12-31T23:55:00Z' };
		expect((await taken(token, webhook([over], 'over'))).alerts).toMatchObject([
			{ outcome: 'resolved', incidentId: fired?.incidentId }
		]);
		expect((await taken(token, webhook([over], 'over'))).alerts).toMatchObject([{ outcome: 'repeated' }]);
		const { incident } = (await live(fired?.incidentId)).course;
		expect(incident).toMatchObject({
			lifecycle: 'running',
			status: 'investigating',
			alerts: [{ resolvedAt: Date.UTC(2025, 11, 31, 23, 55) }]
		});
		const never = alert({ status: 'resolved', endsAt: '2025-12-31T23:55:00Z' });
		expect((await taken(token, webhook([never], 'over'))).alerts).toMatchObject([
			{ outcome: 'unknown', incidentId: null }
		]);
	});

	it('after its incident is resolved opens another, and a repeat of an old one does not', async () => {
		const { token } = await source();
		const one = alert();
		const {
			alerts: [fired]
		} = await taken(token, webhook([one], 'next'));
		const room = await live(fired?.incidentId);
		const joined = await server.join(room.incidentId, {
			name: 'Ada',
			as: 'responder',
			joinKey: room.stored.joinKey ?? ''
		});
		const by = { participantId: joined.participantId, host: false };
		for (const [id, body] of [
			['1', { type: 'declareIncident', severity: 'P1', title: 'Checkout', summary: '' }],
			['2', { type: 'changeStatus', status: 'resolved', note: '', verification: 'looked' }]
		] as const) {
			expect(await room.command(by, id, body)).toMatchObject({ ok: true });
		}
		expect((await taken(token, webhook([one], 'next'))).alerts).toMatchObject([{ outcome: 'repeated' }]);
		const {
			alerts: [anew]
		} = await taken(token, webhook([{ ...one, startsAt: '2025-12-31T23:59:00Z' }], 'next'));
		expect(anew).toMatchObject({ outcome: 'fired' });
		expect(anew?.incidentId).not.toBe(fired?.incidentId);
	});

	it('is grouped by labels where the administrator says so', async () => {
		const { token, source: made } = await source();
		const settings = {
			...made.settings,
			groupLabels: ['service'],
			severities: { critical: 'P2' as const },
			openTo: 'everyone' as const
		};
		expect(await changeSource(server.muster, made.sourceId, { name: 'Other', settings })).toEqual({ ok: true });
		const one = await taken(token, webhook([alert()], 'x'));
		const two = await taken(token, webhook([alert({ labels: { alertname: 'Other', service: 'checkout' } })], 'y'));
		expect(two.alerts[0]?.incidentId).toBe(one.alerts[0]?.incidentId);
		const { course, stored } = await live(one.alerts[0]?.incidentId);
		expect(course.incident.opened).toMatchObject({ severity: 'P2', source: 'Other' });
		expect(stored.joinKey).toBeNull();
	});

	it('comes in the form of Muster as well', async () => {
		const { token } = await source('alerts', 'Cron');
		const body = { alerts: [{ name: 'Backup failed', severity: 'warning', service: 'backup' }] };
		const first = await taken(token, body, 'alerts');
		expect(first.alerts).toMatchObject([{ outcome: 'fired' }]);
		expect((await taken(token, body, 'alerts')).alerts).toMatchObject([{ outcome: 'repeated' }]);
		expect((await live(first.alerts[0]?.incidentId)).title).toBe('Backup failed on backup');
		const over = { alerts: [{ ...body.alerts[0], status: 'resolved' }] };
		expect((await taken(token, over, 'alerts')).alerts).toMatchObject([{ outcome: 'resolved' }]);
		// Without a time of its own it fires anew once it was over.
		await server.pass(1);
		expect((await taken(token, body, 'alerts')).alerts).toMatchObject([{ outcome: 'fired' }]);
		expect((await live(first.alerts[0]?.incidentId)).course.incident.alerts).toHaveLength(2);
	});

	it.each([
		['a label', alert({ labels: { alertname: 'X', exercise: 'true' } })],
		['its summary', alert({ annotations: { summary: '[EXERCISE] Checkout fails' } })],
		['its name', alert({ labels: { alertname: 'EXERCISE: X' } })]
	])('of an exercise, by %s, is kept out', async (_case, practice) => {
		const { token, source: made } = await source();
		const refused = await send(token, webhook([practice]));
		expect(refused).toMatchObject({ ok: false, code: 'exercise' });
		expect(refused.ok ? '' : refused.message).toContain('exercise');
		const mixed = await taken(token, webhook([alert({ labels: { alertname: 'X', exercise: '1' } }), alert()]));
		expect(mixed).toMatchObject({ taken: 1, refused: 1, alerts: [{ outcome: 'refused' }, { outcome: 'fired' }] });
		const found = (await server.muster.storage.listSources()).find(({ sourceId }) => sourceId === made.sourceId);
		expect(found).toMatchObject({ taken: 1, refused: 2 });
	});
});

describe('what is not let in', () => {
	it.each([
		['no token', null],
		['another token', 'mst_nothing']
	])('%s', async (_case, token) =>
		expect(await send(token, webhook([alert()]))).toMatchObject({ ok: false, code: 'forbidden' })
	);

	it('a token that was revoked, or of another source', async () => {
		const made = await source();
		expect(await send(made.token, { alerts: [{ name: 'x' }] }, 'alerts')).toMatchObject({
			ok: false,
			code: 'forbidden'
		});
		expect(await revokeSource(server.muster, made.source.sourceId)).toEqual({ ok: true });
		expect(await send(made.token, webhook([alert()]))).toMatchObject({ ok: false, code: 'forbidden' });
	});

	it('the token stands nowhere', async () => {
		const { token } = await source();
		const stored = JSON.stringify(await server.muster.storage.listSources());
		expect(stored).not.toContain(token);
	});

	it.each([
		['no JSON', '{', 'malformed'],
		['NUL', JSON.stringify(webhook([alert({ annotations: { summary: 'a\u0000b' } })])), 'malformed'],
		['half a letter', '{"version":"4","groupKey":"\\ud800","alerts":[]}', 'malformed'],
		['bytes', new Uint8Array([0xff, 0xfe, 0]), 'malformed'],
		['depth', '['.repeat(100_000), 'malformed'],
		['a flood', 'x'.repeat(1_100_000), 'too_large'],
		['another payload', { hello: 1 }, 'malformed']
	])('%s', async (_case, body, code) => {
		const { token } = await source();
		const refused = await send(token, body);
		expect(refused).toMatchObject({ ok: false, code });
		expect(refused.ok ? '' : refused.message).toMatch(/^[A-Za-z][^\n]*\.$/);
	});

	it('too much at once', async () => {
		const { token } = await source();
		const answers = [];
		for (let i = 0; i < 70; i++) answers.push(await send(token, '{}'));
		expect(answers.filter((one) => !one.ok && one.code === 'too_many').length).toBeGreaterThan(5);
		expect(await server.muster.metrics.registry.metrics()).toContain('muster_ingested_alerts_total{outcome="refused"}');
	});
});

it('tells an exercise by its first word, not by any', () => {
	const told = (summary: string) =>
		isExercise(
			{
				status: 'firing',
				fingerprint: '',
				startsAt: 0,
				endsAt: null,
				name: 'X',
				labels: {},
				level: '',
				value: null,
				context: {
					summary,
					description: '',
					runbookUrl: null,
					dashboardUrl: null,
					recentChanges: [],
					affectedEndpoints: [],
					escalation: null,
					automatedResponse: null,
					expr: null
				}
			},
			{ title: '' }
		);
	expect(
		['EXERCISE · Checkout', '⚠️ *EXERCISE* x', 'Exercise app is down', 'The exercise bike service', 'exercised'].map(
			told
		)
	).toEqual([true, true, false, false, false]);
});

it('proposes the most urgent severity that is mapped', () => {
	const settings = { groupLabels: [], severities: { warning: 'P3', page: 'P1' } as const, openTo: 'link' as const };
	const of = (...levels: string[]) =>
		proposedSeverity(
			levels.map((level) => ({ level, labels: {} }) as unknown as Parameters<typeof proposedSeverity>[0][number]),
			settings
		);
	expect([of('warning', 'Page'), of('warning'), of('odd'), of()]).toEqual(['P1', 'P3', null, null]);
});
