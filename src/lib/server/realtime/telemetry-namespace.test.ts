import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Socket } from 'socket.io-client';
import { decodeFrame, type Frame } from '../../protocol/frame.ts';
import type { LogsAnswer, QueryResult } from '../../protocol/messages.ts';
import { TELEMETRY_NAMESPACE } from '../../protocol/messages.ts';
import { shippedScenario } from '../../../../tests/support/scenarios.ts';
import {
	connected,
	openSocket,
	openTestMuster,
	TestPerson,
	until,
	type Started,
	type TestMuster
} from '../../../../tests/support/test-muster.ts';

const scenario = shippedScenario('high-error-rate-bad-deploy');
const ALL_LOGS = { services: [], levels: [], text: '', pattern: false, fields: [] };
const TRAFFIC = 'sum by (service) (rate(http_requests_total[1m]))';

let test: TestMuster;
let started: Started;
let host: TestPerson;
beforeAll(async () => {
	test = await openTestMuster({ compiled: [scenario] });
	started = await test.start();
	host = await TestPerson.enter(test.url, started);
	await host.must({ type: 'beginRun' });
	await test.pass(30);
});
afterAll(() => test.close());

interface Looking {
	socket: Socket;
	frames: Frame[];
	series: { key: string; index: number; labels: Record<string, string> }[];
}
async function look(): Promise<Looking> {
	const socket = openSocket(test.url, TELEMETRY_NAMESPACE, started);
	const looking: Looking = { socket, frames: [], series: [] };
	socket.on('frame', (bytes: Uint8Array) => {
		const frame = decodeFrame(bytes);
		if (frame) looking.frames.push(frame);
	});
	socket.on('series', (one: Looking['series'][number]) => void looking.series.push(one));
	await connected(socket);
	return looking;
}
const openQueries = async ({ socket }: Looking, queries: string[], windowMs = 600_000, stepMs = 15_000) => {
	const message = { queries: queries.map((query) => ({ key: query, query })), windowMs, stepMs };
	return (await socket.emitWithAck('open', message)) as { ok: true; results: QueryResult[] };
};

describe('open queries', () => {
	it('begin with their history in incident time, and go on in frames with the same numbers', async () => {
		const looking = await look();
		const { results } = await openQueries(looking, ['up', TRAFFIC]);
		expect(results.map(({ queryIndex, error }) => [queryIndex, error])).toEqual([
			[0, null],
			[1, null]
		]);
		const traffic = results[1]?.series ?? [];
		expect(traffic.length).toBeGreaterThan(1);
		expect(traffic.map(({ index }) => index)).toEqual(traffic.map((_, index) => index));
		const { times = [], values = [] } = traffic[0] ?? {};
		expect(times.length).toBeGreaterThan(30);
		expect(times.at(-1)).toBe(scenario.startsAt + 30_000);
		expect([...values].every((value) => Number.isFinite(value))).toBe(true);

		// A costly query rests: not every frame has its values.
		const valued = ({ cells }: Frame) => cells.some(({ queryIndex }) => queryIndex === 1);
		const after = () => looking.frames.filter(({ at }) => at > (times.at(-1) ?? 0));
		while (!after().some(valued)) {
			const seen = after().length;
			await test.pass(2);
			await until('a frame has come', () => after().length > seen);
		}
		const cells =
			after()
				.find(valued)
				?.cells.filter(({ queryIndex }) => queryIndex === 1) ?? [];
		expect(cells.map(({ seriesIndex }) => seriesIndex).sort((a, b) => a - b)).toEqual(
			traffic.map(({ index }) => index)
		);
		looking.socket.disconnect();
	});

	it('are worked out once for all who look, and stop when they leave', async () => {
		const lookers = await Promise.all([look(), look(), look()]);
		for (const one of lookers) await openQueries(one, [TRAFFIC]);
		await test.pass(2);
		await until('each has a frame', () => lookers.every(({ frames }) => frames.length > 0));
		expect(lookers[1]?.frames[0]).toEqual(lookers[0]?.frames[0]);
		await openQueries(lookers[0] as Looking, []);
		const before = lookers[0]?.frames.length;
		const others = lookers[1]?.frames.length ?? 0;
		await test.pass(2);
		await until('the others have one more', () => (lookers[1]?.frames.length ?? 0) > others);
		expect(lookers[0]?.frames.length).toBe(before);
		for (const { socket } of lookers) socket.disconnect();
	});

	it('cost as much for many who look as for one', async () => {
		const asked = vi.spyOn(test.muster.queries, 'ask');
		const lookers = await Promise.all([look(), look(), look(), look()]);
		for (const one of lookers) await openQueries(one, [TRAFFIC, 'up']);
		const { at } = lookers[0]?.frames.at(-1) ?? { at: 0 };
		await test.pass(1);
		await until('each has a new frame', () => lookers.every(({ frames }) => (frames.at(-1)?.at ?? 0) > at));
		const moments = asked.mock.calls.flatMap(([, ask]) => (ask.type === 'instants' ? [ask] : []));
		expect(moments.length).toBeGreaterThan(0);
		expect(new Set(moments.map(({ atMs }) => atMs)).size).toBe(moments.length);
		for (const { queries } of moments) expect(new Set(queries).size).toBe(queries.length);
		const histories = asked.mock.calls.filter(([, { type }]) => type === 'range');
		expect(histories).toHaveLength(2);
		asked.mockRestore();
		for (const { socket } of lookers) socket.disconnect();
	});

	it('that would look at too much are refused in words, with their place', async () => {
		const looking = await look();
		const endless = 'max_over_time(sum(rate(http_requests_total[5m]))[6h:1s])';
		const { results } = await openQueries(looking, [endless, 'sum(rate(x)', 'rate(up[5m])']);
		expect(results[0]?.error).toMatch(/samples/);
		expect(results[1]).toMatchObject({ errorAt: { from: expect.any(Number), to: expect.any(Number) } });
		expect(results[2]).toMatchObject({ error: null, errorAt: null });
		looking.socket.disconnect();
	});

	it('may ask for what rules recorded', async () => {
		const looking = await look();
		await test.pass(30);
		const { results } = await openQueries(looking, ['service:http_errors:ratio_rate5m']);
		expect(results[0]?.series.map(({ labels }) => labels.service)).toContain('core-api');
		looking.socket.disconnect();
	});

	it('say where they cannot be read, and do not keep the others from being answered', async () => {
		const looking = await look();
		const { results } = await openQueries(looking, ['sum(', 'up', 'nothing_of_the_kind']);
		expect(results[0]).toMatchObject({ error: expect.stringMatching(/^1:\d+: /), series: [] });
		expect(results[1]?.series.length).toBeGreaterThan(0);
		expect(results[2]).toMatchObject({ error: null, series: [] });
		looking.socket.disconnect();
	});

	it('stand still while the run does', async () => {
		const looking = await look();
		await openQueries(looking, [TRAFFIC]);
		await test.pass(1);
		await until('a frame has come', () => looking.frames.length > 0);
		await host.must({ type: 'pauseRun', reason: '', cause: 'host' });
		const pausedAt = scenario.startsAt + ((await test.live(started.incidentId)).course.simMs ?? 0);
		await test.pass(3);
		await new Promise((resolve) => setTimeout(resolve, 1_200));
		const moments = looking.frames.map(({ at }) => at);
		expect(Math.max(...moments)).toBeLessThanOrEqual(pausedAt);
		expect(new Set(moments).size).toBe(moments.length);
		await host.must({ type: 'resumeRun' });
		looking.socket.disconnect();
	});
});

describe('questions', () => {
	it('never reach beyond now', async () => {
		const looking = await look();
		const live = await test.live(started.incidentId);
		const now = scenario.startsAt + (live.course.simMs ?? 0);
		const later = now + 3_600_000;
		const range = { query: TRAFFIC, fromAt: now - 60_000, toAt: later, stepMs: 5_000 };
		const { result } = (await looking.socket.emitWithAck('range', range)) as { result: QueryResult };
		const times = result.series.flatMap(({ times: own }) => [...own]);
		expect(Math.max(...times)).toBeLessThanOrEqual(now);
		const logs = { ...ALL_LOGS, fromAt: now - 600_000, toAt: later, limit: 50 };
		const { page } = (await looking.socket.emitWithAck('logs', logs)) as { page: LogsAnswer };
		expect(page.records.length).toBeGreaterThan(0);
		expect(page.records.length).toBeLessThanOrEqual(50);
		expect(Math.max(...page.records.map(({ at }) => at))).toBeLessThanOrEqual(now);
		looking.socket.disconnect();
	});

	it.each([
		['open', { queries: Array(81).fill({ key: 'a', query: 'up' }), windowMs: 60_000, stepMs: 15_000 }],
		['open', { queries: [], windowMs: 86_400_000, stepMs: 1_000 }],
		['open', { queries: [{ key: 'a', query: 'x'.repeat(3_000) }], windowMs: 60_000, stepMs: 15_000 }],
		['range', { query: 'up', fromAt: 2, toAt: 1, stepMs: 15_000 }],
		['logs', { ...ALL_LOGS, fromAt: 0, toAt: 1, limit: 1e9 }],
		['health', { more: 1 }]
	])('%s is refused where it asks too much (%#)', async (event, message) => {
		const looking = await look();
		expect(await looking.socket.emitWithAck(event, message)).toMatchObject({ ok: false, code: 'malformed' });
		looking.socket.disconnect();
	});

	it('find log lines by field and by pattern, and refuse what is no pattern', async () => {
		const looking = await look();
		const live = await test.live(started.incidentId);
		const now = scenario.startsAt + (live.course.simMs ?? 0);
		const search = { ...ALL_LOGS, fromAt: now - 300_000, toAt: now, limit: 20 };
		const ask = (more: object) => looking.socket.emitWithAck('logs', { ...search, ...more });
		const field = { name: 'http.route', op: '=', value: '/v1/prices' };
		const { page } = (await ask({ fields: [field] })) as { page: LogsAnswer };
		expect(page.records.length).toBeGreaterThan(0);
		expect(page.records.every(({ fields }) => fields['http.route'] === '/v1/prices')).toBe(true);
		const found = (await ask({ pattern: true, text: '^GET /v1/\\w+ 2' })) as { page: LogsAnswer };
		expect(found.page.records.every(({ msg }) => /^GET \/v1\/\w+ 2/.test(msg))).toBe(true);
		expect(await ask({ pattern: true, text: '(a' })).toMatchObject({
			ok: false,
			message: expect.stringContaining('missing closing )')
		});
		looking.socket.disconnect();
	});

	it('a newer search takes the place of the one before', async () => {
		const looking = await look();
		const live = await test.live(started.incidentId);
		const now = scenario.startsAt + (live.course.simMs ?? 0);
		const search = { ...ALL_LOGS, text: 'nothing of the kind', fromAt: now - 6 * 3_600_000, toAt: now, limit: 20 };
		const [first, second] = await Promise.all([
			looking.socket.emitWithAck('logs', search),
			looking.socket.emitWithAck('logs', { ...search, services: ['core-api'] })
		]);
		expect(first).toMatchObject({ ok: false, code: 'too_many' });
		expect(second).toMatchObject({ ok: true });
		looking.socket.disconnect();
	});

	it('give labels and their values, of one metric or of all', async () => {
		const looking = await look();
		const ask = async (metric: string | null) =>
			((await looking.socket.emitWithAck('labels', { metric })) as { labels: Record<string, string[]> }).labels;
		const own = await ask('http_request_duration_seconds_bucket');
		expect(own.service).toContain('core-api');
		expect(own.le).toContain('+Inf');
		expect(own.mountpoint).toBeUndefined();
		expect(Object.keys(await ask(null))).toEqual(expect.arrayContaining(['le', 'service', 'status']));
		expect(await ask('nothing_of_the_kind')).toEqual({});
		looking.socket.disconnect();
	});

	it('give health and names', async () => {
		const looking = await look();
		const health = (await looking.socket.emitWithAck('health', {})) as { services: { service: string }[] };
		expect(health.services.map(({ service }) => service)).toContain('core-api');
		const names = (await looking.socket.emitWithAck('names', {})) as { families: { name: string }[] };
		const known = names.families.map(({ name }) => name);
		expect(known).toEqual(expect.arrayContaining(['http_requests_total', 'http_request_duration_seconds_bucket']));
		// The run's own, not all there could be: no devices are connected here.
		expect(known).not.toContain('mqtt_connected_clients');
		looking.socket.disconnect();
	});
});
