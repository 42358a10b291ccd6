import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { shippedScenario } from '../../../../../tests/support/scenarios.ts';
import { openTestMuster, TestPerson, type TestMuster } from '../../../../../tests/support/test-muster.ts';
import { fingerprint } from './fingerprint.ts';
import { OutgoingAlerts } from './index.ts';
import { readTarget } from './target.ts';

interface Taken {
	url: string;
	authorization: string | undefined;
	body: unknown;
}
/** Something that takes alerts; `answer` says with which status. */
async function receiver(answer: (nth: number) => number) {
	const taken: Taken[] = [];
	let asked = 0;
	const server = createServer((incoming, outgoing) => {
		void text(incoming).then((body) => {
			const status = answer(++asked);
			if (status < 300)
				taken.push({ url: incoming.url ?? '', authorization: incoming.headers.authorization, body: JSON.parse(body) });
			outgoing.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end('said so');
		});
	});
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, taken, asked: () => asked };
}
const servers: Server[] = [];
const people: TestPerson[] = [];
let test: TestMuster | null = null;

async function text(incoming: IncomingMessage): Promise<string> {
	let body = '';
	for await (const chunk of incoming) body += String(chunk);
	return body;
}
async function begun(outgoing = { pauseMs: 20, againMs: 1_000_000 }) {
	test = await openTestMuster({ compiled: [shippedScenario('high-error-rate-bad-deploy')], outgoing });
	const started = await test.start();
	const person = await TestPerson.enter(test.url, started);
	people.push(person);
	await person.must({ type: 'beginRun' });
	return { test, person, live: await test.live(started.incidentId) };
}
afterEach(async () => {
	for (const { socket } of people.splice(0)) socket.disconnect();
	await test?.close();
	test = null;
	for (const server of servers.splice(0)) {
		server.closeAllConnections();
		server.close();
	}
});
const seen = (what: () => void) => vi.waitFor(what, { timeout: 30_000 });

describe('alerts of a run go to what the administrator allows', () => {
	it('nowhere, to begin with', async () => {
		const { test } = await begun();
		expect(test.muster.outgoing.targets()).toEqual([]);
		await test.pass(240);
		expect(await test.muster.metrics.registry.getSingleMetricAsString('muster_outgoing_alerts_total')).not.toMatch(
			/\} [1-9]/
		);
	});

	it('to an Alertmanager and a webhook, marked, and ended when the run ends', async () => {
		const [manager, hook] = [await receiver(() => 200), await receiver(() => 204)];
		const { test, person, live } = await begun();
		expect(await test.muster.outgoing.add('alertmanager', manager.url.replace('//', '//me:secret@'))).toMatchObject({
			ok: true
		});
		expect(await test.muster.outgoing.add('webhook', `${hook.url}/hook`)).toMatchObject({ ok: true });
		await test.pass(240);
		await seen(() => expect(hook.taken.length).toBeGreaterThan(0));
		await seen(() => expect(manager.taken.length).toBeGreaterThan(0));
		expect(manager.taken[0]).toMatchObject({
			url: '/api/v2/alerts',
			authorization: `Basic ${Buffer.from('me:secret').toString('base64')}`,
			body: [
				{
					labels: { alertname: expect.stringMatching(/^EXERCISE /), exercise: 'true', muster_run: live.stored.key },
					annotations: {
						summary: expect.stringMatching(/^EXERCISE: /),
						description: expect.stringMatching(/^EXERCISE: /)
					},
					startsAt: expect.stringMatching(/^2026-01-01T00:0/)
				}
			]
		});
		expect(hook.taken[0]?.body).toMatchObject({
			version: '4',
			status: 'firing',
			alerts: [
				{ status: 'firing', endsAt: '0001-01-01T00:00:00Z', fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) }
			],
			groupLabels: { muster_run: live.stored.key }
		});
		await person.must({ type: 'endRun', reason: 'host' });
		await seen(() => expect(hook.taken.at(-1)?.body).toMatchObject({ status: 'resolved' }));
		// Nothing the administrator sees gives a password away.
		expect(JSON.stringify(test.muster.outgoing.targets())).not.toContain('secret');
	});

	it('again and again where a target is down, while the run goes on', async () => {
		const hook = await receiver((nth) => (nth <= 3 ? 503 : 200));
		const { test, live } = await begun();
		await test.muster.outgoing.add('webhook', hook.url);
		await test.pass(240);
		await seen(() => expect(hook.taken.length).toBeGreaterThan(0));
		expect(hook.asked()).toBeGreaterThan(3);
		expect(live.course.simMs).toBe(240_000);
		expect(test.muster.outgoing.targets()).toMatchObject([{ last: { ok: true } }]);
		const counted = await test.muster.metrics.registry.getSingleMetricAsString('muster_outgoing_alerts_total');
		expect(counted).toMatch(/kind="webhook",outcome="failed"\} [1-9]/);
		expect(counted).toMatch(/kind="webhook",outcome="delivered"\} [1-9]/);
	});

	it('not where a target leads elsewhere or does not understand: that is said, and given up', async () => {
		const [redirect, strict] = [await receiver(() => 302), await receiver(() => 400)];
		const { test } = await begun();
		await test.muster.outgoing.add('webhook', redirect.url);
		await test.muster.outgoing.add('alertmanager', strict.url);
		await test.pass(240);
		await seen(() =>
			expect(test.muster.outgoing.targets()).toMatchObject([
				{ last: { ok: false, why: expect.stringMatching(/answers 302, which leads elsewhere/) }, waiting: 0 },
				{ last: { ok: false, why: expect.stringMatching(/answers 400: said so/) }, waiting: 0 }
			])
		);
	});

	it('to a target that is named late, which is remembered, and no more once it is removed', async () => {
		const hook = await receiver(() => 200);
		const { test } = await begun();
		await test.pass(240);
		await test.muster.outgoing.add('webhook', hook.url);
		await seen(() => expect(hook.taken).toHaveLength(1));
		const [target] = test.muster.outgoing.targets();
		expect(await test.muster.outgoing.try(target?.id ?? '')).toEqual({ ok: true, status: 200 });
		expect(hook.taken.at(-1)?.body).toMatchObject({ alerts: [{ labels: { alertname: 'EXERCISE MusterTest' } }] });

		const { storage, log, metrics, wallClock } = test.muster;
		const closing = new AbortController().signal;
		const after = new OutgoingAlerts({ storage, log, metrics, wallClock, closing, origin: '', holds: () => true });
		await after.start();
		expect(after.targets()).toMatchObject([{ id: target?.id, url: `${hook.url}/` }]);
		after.close();

		expect(await test.muster.outgoing.add('webhook', hook.url)).toMatchObject({ ok: false, code: 'wrong_state' });
		expect(await test.muster.outgoing.remove(target?.id ?? '')).toMatchObject({ ok: true, targets: [] });
		expect(await test.muster.outgoing.try(target?.id ?? '')).toMatchObject({ ok: false, code: 'unknown_id' });
	});
});

describe('the parts', () => {
	it('know the fingerprint that Alertmanager gives', () => {
		// Recorded from Alertmanager 0.25.
		const labels = {
			alertname: 'HighErrorRate',
			instance: '127.0.0.1:9931',
			service: 'checkout',
			severity: 'critical',
			status: '500'
		};
		expect(fingerprint({ ...labels, job: 'fed' })).toBe('766dae79ea0e3e94');
		expect(fingerprint({ ...labels, job: 'sim' })).toBe('07062855459dd548');
	});

	it.each([
		['alertmanager', 'http://127.0.0.1:9093', 'http://127.0.0.1:9093/api/v2/alerts'],
		['alertmanager', 'https://am.example.org/prefix/', 'https://am.example.org/prefix/api/v2/alerts'],
		['alertmanager', 'http://am:9093/api/v2/alerts', 'http://am:9093/api/v2/alerts'],
		['webhook', 'https://hooks.example.org/x?y=z', 'https://hooks.example.org/x?y=z']
	] as const)('%s %s', (kind, given, url) => {
		expect(readTarget(kind, given, 0)).toMatchObject({ ok: true, target: { url, authorization: null } });
	});

	it.each(['', 'am:9093', 'ftp://am/', 'file:///etc/passwd', 'http://am/#x', `http://am/${'x'.repeat(600)}`])(
		'refuse the address %s',
		(given) => expect(readTarget('webhook', given, 0)).toMatchObject({ ok: false, code: 'malformed' })
	);
});
