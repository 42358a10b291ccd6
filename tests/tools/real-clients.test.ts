// Other people's own programs against a run, on loopback: promtool, Prometheus, vmalert and Alertmanager as Debian has them. Each is
// skipped, by name, where it is not installed. SHOW=1 prints what they said.

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTcp, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Refusal } from '../../src/lib/incident/refusal.ts';
import { ingest, type Ingested } from '../../src/lib/server/intake/ingest.ts';
import { makeSource } from '../../src/lib/server/intake/sources.ts';
import { toolToken } from '../../src/lib/server/prometheus/access.ts';
import { shippedScenario } from '../support/scenarios.ts';
import { openTestMuster, TestPerson, type Started, type TestMuster } from '../support/test-muster.ts';
import { openToolServer, type ToolServer } from '../support/tool-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'muster-tools-'));
const missing = (program: string, flag = '--version') => spawnSync(program, [flag]).error !== undefined;
const children: ChildProcess[] = [];

let test: TestMuster;
let tools: ToolServer;
let run: Started;
let host: TestPerson;
let token = '';
let base = '';
/** Simulated time passes as the tests say; the wall clock that tools see is the real one. */
let simulatedMs = 0;

async function pass(seconds: number): Promise<void> {
	for (let quarter = 0; quarter < seconds * 4; quarter++) {
		simulatedMs += 250;
		test.muster.hub.tick();
		await Promise.all(test.muster.hub.all.map((one) => one.settle()));
	}
}

beforeAll(async () => {
	test = await openTestMuster({
		compiled: [shippedScenario('high-error-rate-bad-deploy')],
		time: { now: Date.now, monotonic: () => simulatedMs },
		outgoing: { pauseMs: 200, againMs: 5_000 }
	});
	tools = await openToolServer(test.muster);
	run = await test.start();
	host = await TestPerson.enter(test.url, run);
	await host.must({ type: 'beginRun' });
	await pass(60);
	token = await toolToken(test.muster.storage, run.incidentId);
	base = tools.base(run.incidentId);
});
afterAll(async () => {
	await Promise.all(children.map((child) => ended(child)));
	host.socket.disconnect();
	await tools.close();
	await test.close();
	rmSync(folder, { recursive: true, force: true });
});

function ended(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null) return Promise.resolve();
	return new Promise((resolve) => {
		child.once('exit', () => resolve());
		child.kill('SIGTERM');
	});
}

function show(program: string, said: string): string {
	if (process.env.SHOW) console.log(`── ${program}\n${said.slice(0, 3000)}`);
	return said;
}

/** Runs a program beside the servers of this test, which must go on answering it. */
function ran(program: string, args: string[]): Promise<string> {
	return new Promise((resolve, reject) => {
		const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
		let said = '';
		child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
		child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
		child.on('error', reject);
		child.on('close', () => resolve(show(`${program} ${args.join(' ')}`, said)));
	});
}

function begin(program: string, args: string[]): { child: ChildProcess; log: () => string } {
	const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder });
	children.push(child);
	let log = '';
	child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
	return { child, log: () => log };
}

function freePort(): Promise<number> {
	return new Promise((resolve) => {
		const probe = createTcp().listen(0, '127.0.0.1', () => {
			const { port } = probe.address() as AddressInfo;
			probe.close(() => resolve(port));
		});
	});
}

const until = (what: () => Promise<void> | void) => vi.waitFor(what, { timeout: 90_000, interval: 500 });

async function json(url: string, init?: RequestInit): Promise<{ data: never }> {
	return (await (await fetch(url, init)).json()) as { data: never };
}

describe.skipIf(missing('promtool'))('promtool', () => {
	const server = () => `${base}/t/${token}`;

	it('asks for a moment', async () => {
		const said = await ran('promtool', ['query', 'instant', server(), 'count by (job) (up)']);
		expect(said).toMatch(/^\{job="core-api"\} => \d+ @\[\d+(\.\d+)?\]$/m);
	});

	it('asks for a range', async () => {
		const start = Math.floor(Date.now() / 1000) - 300;
		const range = [`--start=${start}`, `--end=${start + 300}`, '--step=60s'];
		const query = 'sum(rate(http_requests_total{service="core-api"}[5m]))';
		const said = await ran('promtool', ['query', 'range', ...range, server(), query]);
		expect(said.match(/^[\d.]+ @\[\d+\]$/gm)).toHaveLength(6);
	});

	it('looks for series, labels and metrics', async () => {
		expect(await ran('promtool', ['query', 'series', '--match=pg_up', server()])).toMatch(/^\{__name__="pg_up", /m);
		expect(await ran('promtool', ['query', 'labels', server(), 'job'])).toMatch(/^core-api$/m);
	});

	it('is told what is wrong with a query', async () => {
		const said = await ran('promtool', ['query', 'instant', server(), 'sum(']);
		expect(said).toMatch(/bad_data: invalid parameter "query": 1:5: parse error/);
	});

	it('finds nothing wrong with what is exposed', async () => {
		const metrics = await (await tools.ask(run.incidentId, 'metrics')).text();
		const checked = spawnSync('promtool', ['check', 'metrics'], { input: metrics, encoding: 'utf8' });
		show('promtool check metrics', checked.stdout + checked.stderr);
		// What it says otherwise is a matter of taste about real exporters' names.
		expect(checked.stderr).not.toMatch(/error while linting|text format parsing error/);
	});
});

describe.skipIf(missing('prometheus'))('prometheus', () => {
	it('scrapes /metrics and federates', async () => {
		const port = await freePort();
		const { host: address } = new URL(tools.origin);
		const path = new URL(base).pathname;
		const job = (name: string, rest: string, metrics: string) => `
  - job_name: ${name}
    metrics_path: ${path}/${metrics}
    honor_labels: true
    scrape_interval: 1s
    scrape_timeout: 1s
    ${rest}
    static_configs:
      - targets: ['${address}']`;
		writeFileSync(
			join(folder, 'prometheus.yml'),
			`scrape_configs:${job('muster', `authorization:\n      credentials: ${token}`, 'metrics')}${job(
				'muster-federate',
				`basic_auth: {username: any, password: ${token}}\n    params: {'match[]': ['{__name__=~"job:.+"}']}`,
				'federate'
			)}
`
		);
		const { log } = begin('prometheus', [
			'--config.file=prometheus.yml',
			`--web.listen-address=127.0.0.1:${port}`,
			`--storage.tsdb.path=${join(folder, 'tsdb')}`,
			'--log.level=warn'
		]);
		const ask = async (query: string) =>
			(
				(await json(`http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(query)}`)).data as {
					result: { metric: Record<string, string>; value: [number, string] }[];
				}
			).result;
		await until(async () => {
			expect(
				(await ask('up{job=~"muster.*"}')).map(({ value }) => value[1]),
				log()
			).toEqual(['1', '1']);
			expect((await ask('http_requests_total{service="core-api"}')).length).toBeGreaterThan(5);
			expect((await ask('job:slo_errors:ratio_rate5m')).length).toBe(1);
		});
		const ours = await json(`${base}/api/v1/query?token=${token}&query=count(http_requests_total)`);
		const theirs = await ask('count(http_requests_total)');
		show('prometheus: count(http_requests_total)', JSON.stringify(theirs));
		expect(theirs[0]?.value[1]).toBe((ours.data as { result: { value: [number, string] }[] }).result[0]?.value[1]);
		show(
			'prometheus: targets',
			JSON.stringify((await json(`http://127.0.0.1:${port}/api/v1/targets`)).data).slice(0, 900)
		);
	});
});

describe.skipIf(missing('vmalert', '-version'))('vmalert', () => {
	it('evaluates its own rules against the run', async () => {
		const port = await freePort();
		const notified: unknown[] = [];
		const notifier = await listening((body) => void notified.push(body));
		writeFileSync(
			join(folder, 'vmalert.yaml'),
			`groups:
  - name: ours
    interval: 1s
    rules:
      - alert: OurTraffic
        expr: sum by (service) (rate(http_requests_total{service="core-api"}[5m])) > 1
        annotations: {summary: '{{ $labels.service }} is busy'}
      - alert: OurQuiet
        expr: up == 17
`
		);
		const { log } = begin('vmalert', [
			`-rule=${join(folder, 'vmalert.yaml')}`,
			`-datasource.url=${base}`,
			`-datasource.bearerToken=${token}`,
			`-httpListenAddr=127.0.0.1:${port}`,
			`-notifier.url=http://127.0.0.1:${(notifier.address() as AddressInfo).port}`,
			'-evaluationInterval=1s'
		]);
		await until(async () => {
			const answer = await fetch(`http://127.0.0.1:${port}/api/v1/alerts`).catch(() => null);
			const alerts = (await answer?.text()) ?? '';
			expect(alerts, log().slice(-2000)).toMatch(/"name":"OurTraffic"/);
			show('vmalert: alerts', alerts);
		});
		await until(() => expect(JSON.stringify(notified)).toMatch(/core-api is busy/));
		show('vmalert: log', log());
		expect(log()).not.toMatch(/error when evaluating|failed to execute|unexpected response/i);
		notifier.close();
	});
});

describe.skipIf(missing('prometheus-alertmanager'))('Alertmanager', () => {
	it('takes the simulated fault, amtool lists it, and its webhook comes back', async () => {
		const [port, hooked] = [await freePort(), [] as { status: string; alerts: { labels: Record<string, string> }[] }[]];
		const made = await makeSource(test.muster, { name: 'The real Alertmanager', adapter: 'alertmanager' });
		if (!made.ok) throw new Error(made.message);
		const answers: (Ingested | Refusal)[] = [];
		const hook = await listening(async (body, { headers: { authorization = '' } }) => {
			hooked.push(body as (typeof hooked)[0]);
			const init = { method: 'POST', body: JSON.stringify(body), headers: { authorization } };
			answers.push(
				await ingest(test.muster, 'alertmanager', new Request('http://127.0.0.1/api/ingest/alertmanager', init))
			);
		});
		const hookUrl = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/api/ingest/alertmanager`;
		writeFileSync(
			join(folder, 'alertmanager.yml'),
			`route: {receiver: back, group_by: [alertname], group_wait: 1s, group_interval: 1s}
receivers:
  - name: back
    webhook_configs:
      - url: '${hookUrl}'
        send_resolved: true
        http_config: {authorization: {credentials: '${made.token}'}}
`
		);
		const at = `http://127.0.0.1:${port}`;
		const { log } = begin('prometheus-alertmanager', [
			'--config.file=alertmanager.yml',
			`--storage.path=${join(folder, 'alertmanager')}`,
			`--web.listen-address=127.0.0.1:${port}`,
			'--cluster.listen-address='
		]);
		await until(async () => expect((await fetch(`${at}/-/ready`).catch(() => null))?.status, log()).toBe(200));
		const added = await test.muster.outgoing.add('alertmanager', at);
		expect(added).toMatchObject({ ok: true });

		await pass(360);
		const { incident } = (await test.live(run.incidentId)).course;
		expect(incident.alerts.map(({ name }) => name)).toContain('HighErrorRate');
		if (!missing('amtool')) {
			await until(async () => {
				const listed = await ran('amtool', [`--alertmanager.url=${at}`, 'alert', 'query', '--output=extended']);
				expect(listed).toMatch(/alertname="EXERCISE HighErrorRate".*exercise="true"/);
				expect(listed).toMatch(/EXERCISE: High 5xx error rate/);
			});
		}
		const names = () => hooked.flatMap(({ alerts }) => alerts.map(({ labels }) => labels.alertname));
		await until(() => expect(names()).toContain('EXERCISE HighErrorRate'));
		show(
			'Alertmanager’s webhook',
			JSON.stringify(
				hooked.find(({ status }) => status === 'firing'),
				null,
				1
			)
		);

		// What Muster itself sent out comes back, and is kept out of real incidents; what is real opens one.
		await until(() => expect(answers[0]).toMatchObject({ ok: false, code: 'exercise' }));
		const real = async () =>
			(await test.muster.storage.listIncidents({ search: '', limit: 10 })).filter(({ origin }) => origin === 'real');
		expect(await real()).toEqual([]);
		await postAlert(at, { alertname: 'CheckoutDown', severity: 'critical', service: 'checkout' });
		await until(() => expect(answers.find(({ ok }) => ok)).toMatchObject({ ok: true, taken: 1, refused: 0 }));
		show('Muster’s answers to Alertmanager', JSON.stringify(answers, null, 1));
		expect((await real()).map(({ title }) => title)).toEqual([expect.stringContaining('CheckoutDown')]);

		await host.must({ type: 'endRun', reason: 'host' });
		await until(() =>
			expect(hooked.some(({ status, alerts }) => status === 'resolved' && alerts[0]?.labels.exercise === 'true')).toBe(
				true
			)
		);
		expect(test.muster.outgoing.targets()).toMatchObject([{ kind: 'alertmanager', last: { ok: true } }]);
		hook.close();
	});
});

/** An alert that is none of ours, as Prometheus would send it. */
async function postAlert(at: string, labels: Record<string, string>): Promise<void> {
	const body = JSON.stringify([{ labels, annotations: { summary: `${labels.alertname} at ${labels.service}` } }]);
	const headers = { 'content-type': 'application/json' };
	const { status } = await fetch(`${at}/api/v2/alerts`, { method: 'POST', headers, body });
	expect(status).toBe(200);
}

function listening(take: (body: unknown, incoming: IncomingMessage) => unknown): Promise<Server> {
	return new Promise((resolve) => {
		const server = createServer((incoming, outgoing) => {
			let text = '';
			incoming.on('data', (chunk: Buffer) => (text += chunk.toString()));
			incoming.on('end', () => {
				void Promise.resolve(take(JSON.parse(text), incoming)).then(() => outgoing.end());
			});
		});
		server.listen(0, '127.0.0.1', () => resolve(server));
	});
}
