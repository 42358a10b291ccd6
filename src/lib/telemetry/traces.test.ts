import { describe, expect, it } from 'vitest';
import { shippedScenarios } from '../../../tests/replay/scenarios.ts';
import { createWorld, enterState, initialWorldState, type World, type WorldState } from '../world/index.ts';
import { createObservation, type Span, type Trace, type TraceQuery } from './index.ts';
import { askOne, bucketOf, MIN, testWorld, troubled } from './testing.ts';
import { DURATION_BOUNDS } from './shapes/durations.ts';

const { world, quiet } = testWorld();
const trouble = troubled(world, quiet);
const NOW = 24 * MIN;
const base: TraceQuery = {
	service: null,
	operation: '',
	minMs: null,
	maxMs: null,
	errorsOnly: false,
	fromMs: 20 * MIN,
	toMs: NOW,
	order: 'newest',
	limit: 50
};
const search = (query: Partial<TraceQuery> = {}, state = trouble) =>
	createObservation(world).traces(state, { ...base, ...query });
const open = (traceId: string, state = trouble, nowMs = NOW, nearMs: number | null = null): Trace => {
	const trace = createObservation(world).trace(state, traceId, nowMs, nearMs);
	if (trace === null) throw new Error(`no trace ${traceId}`);
	return trace;
};
const ends = (span: Span) => span.startMs + span.durationMs;
const rootOf = (trace: Trace) => trace.spans[0];

/** Every child lies within its parent, every id is there once, and there is one root. */
function expectWellFormed(trace: Trace): void {
	const byId = new Map(trace.spans.map((span) => [span.spanId, span]));
	expect(byId.size).toBe(trace.spans.length);
	expect(trace.spans.filter(({ parentId }) => parentId === null)).toHaveLength(1);
	for (const span of trace.spans) {
		expect(span.durationMs).toBeGreaterThanOrEqual(0);
		if (span.parentId === null) continue;
		const parent = byId.get(span.parentId);
		expect(parent, span.name).toBeDefined();
		if (parent === undefined) continue;
		expect(span.startMs, span.name).toBeGreaterThanOrEqual(parent.startMs - 1e-6);
		expect(ends(span), `${span.name} in ${parent.name}`).toBeLessThanOrEqual(ends(parent) + 1e-6);
	}
	const critical = trace.spans
		.flatMap((span) => span.critical)
		.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
	expect(critical).toBeCloseTo(trace.durationMs, 3);
}

describe('a trace', () => {
	it('is the same whoever opens it, whenever, and whatever happens later', () => {
		const [first] = search().traces;
		const id = first?.traceId ?? '';
		const later = enterState(world, trouble, 'bug', 'mitigated', 30 * MIN);
		const trace = open(id);
		expect(open(id, trouble, NOW, trace.records[0]?.simMs ?? null)).toEqual(trace);
		expect(open(id, later, 40 * MIN)).toEqual(trace);
	});

	it('shows the request of the log line that names it', () => {
		const { records } = createObservation(world).logs(trouble, {
			fromMs: base.fromMs,
			toMs: NOW,
			services: ['api', 'lb'],
			levels: [],
			text: '',
			limit: 400
		});
		const requests = records.filter((record) => 'http.route' in record.fields);
		expect(requests.length).toBeGreaterThan(200);
		for (const record of requests) {
			const trace = open(record.traceId, trouble, NOW, record.simMs);
			const span = trace.spans.find(({ spanId }) => spanId === record.spanId);
			expect(span).toMatchObject({
				service: record.service,
				instance: record.instance,
				version: record.version,
				name: `${record.fields['http.request.method'] ?? ''} ${record.fields['http.route'] ?? ''}`,
				failed: (record.fields['http.response.status_code'] ?? '').startsWith('5')
			});
			expect(span?.attributes['http.response.status_code']).toBe(record.fields['http.response.status_code']);
			expect(span?.attributes['error.type']).toBe(record.fields['error.type']);
			const told = parseFloat(record.fields['http.server.request.duration'] ?? '') * 1000;
			expect(Math.abs((span?.durationMs ?? 0) - told)).toBeLessThanOrEqual(5 + 0.01 * told);
			expect(ends(span ?? trace.spans[0] ?? fail())).toBeCloseTo(record.simMs, 3);
			expect(trace.records).toEqual([record]);
			expectWellFormed(trace);
		}
	});

	it.each(['', 'xyz', 'f'.repeat(32), '0'.repeat(32)])('is not there for %j', (id) =>
		expect(createObservation(world).trace(trouble, id, NOW, null)).toBeNull()
	);

	it('is not there before it is over', () => {
		const { traceId, startMs, durationMs } = search().traces[0] ?? fail();
		expect(createObservation(world).trace(trouble, traceId, startMs + durationMs - MIN, null)).toBeNull();
	});

	it('an error that returns early is fast, and calls nothing that came after', () => {
		const failed = search({ service: 'api', errorsOnly: true }).traces.map(({ traceId }) => open(traceId));
		expect(failed.length).toBeGreaterThan(20);
		const own = failed.flatMap((trace) => trace.spans.find(({ spanId }) => spanId === trace.loggedSpanId) ?? []);
		expect(own.reduce((sum, span) => sum + span.durationMs, 0) / own.length).toBeLessThan(60);
		for (const [i, trace] of failed.entries())
			expect(trace.spans.filter(({ parentId }) => parentId === own[i]?.spanId)).toEqual([]);
		const exception = own[0]?.events[0];
		expect(exception?.attributes['exception.type']).toMatch(/NullCurrency|internal_error/);
	});

	it('calls its database as often as the topology says, in words of its system', () => {
		const calm = search({ service: 'api', fromMs: 0, toMs: 4 * MIN }, quiet).traces.map(({ traceId }) =>
			open(traceId, quiet)
		);
		const statements = calm.flatMap(({ spans }) =>
			spans.filter(({ attributes }) => attributes['db.system'] === 'postgresql')
		);
		expect(statements.length).toBe(2 * calm.length);
		expect(statements.every(({ attributes }) => (attributes['db.query.text'] ?? '').length > 5)).toBe(true);
		const vendor = calm.filter(({ spans }) => spans.some(({ attributes }) => attributes['server.address'] === 'psp'));
		expect(vendor.length / calm.length).toBeLessThan(0.35);
	});
});

function fail(): never {
	throw new Error('missing');
}

describe('contention at a leaf', () => {
	it('is seen in the span of the leaf, and upward', () => {
		const slow = testWorld('seed-1', (yaml) =>
			yaml.replace(
				'hanging:',
				'leaf:\n        phase: degraded\n        effects: [{ metric: db.latency, step: { to: 900ms } }]\n      hanging:'
			)
		);
		const state = enterState(slow.world, slow.quiet, 'bug', 'leaf', 10 * MIN);
		const observation = createObservation(slow.world);
		const share = (fromMs: number) => {
			const page = observation.traces(state, { ...base, service: 'lb', fromMs, toMs: fromMs + 3 * MIN });
			const traces = page.traces.map(({ traceId }) => observation.trace(state, traceId, NOW, null) ?? fail());
			const db = (trace: Trace) =>
				trace.spans
					.filter(({ attributes }) => attributes['server.address'] === 'db')
					.reduce((sum, span) => sum + span.durationMs, 0);
			return traces.reduce((sum, trace) => sum + db(trace) / trace.durationMs, 0) / traces.length;
		};
		expect(share(2 * MIN)).toBeLessThan(0.2);
		expect(share(12 * MIN)).toBeGreaterThan(0.6);
	});
});

describe('retries', () => {
	it('are seen at a proxy before a service that fails', () => {
		const traces = search({ service: 'lb', errorsOnly: true, limit: 100 }).traces.map(({ traceId }) => open(traceId));
		const again = traces.filter(({ spans }) =>
			spans.some(({ attributes }) => 'http.request.resend_count' in attributes)
		);
		expect(again.length / traces.length).toBeGreaterThan(0.5);
		for (const trace of again) {
			const attempts = trace.spans.filter(({ kind, service }) => kind === 'client' && service === 'lb');
			expect(attempts.length).toBeGreaterThanOrEqual(2);
			expect(attempts[0]?.failed).toBe(true);
		}
	});
});

describe('a search', () => {
	it.each<[string, Partial<TraceQuery>]>([
		['a service', { service: 'api' }],
		['an operation', { service: 'api', operation: 'POST /orders' }],
		['errors', { service: 'api', errorsOnly: true }],
		['a least duration', { service: 'api', minMs: 300 }],
		['a most duration', { service: 'api', maxMs: 80 }]
	])('finds by %s', (_, query) => {
		const { traces, matched, looked } = search(query);
		expect(traces.length).toBeGreaterThan(5);
		expect(matched).toBeLessThanOrEqual(looked);
		for (const { span } of traces) {
			expect(span.service).toBe('api');
			if (query.operation) expect(span.operation).toBe(query.operation);
			if (query.errorsOnly) expect(span.failed).toBe(true);
			if (query.minMs) expect(span.durationMs).toBeGreaterThanOrEqual(query.minMs);
			if (query.maxMs) expect(span.durationMs).toBeLessThanOrEqual(query.maxMs);
		}
	});

	it('gives the newest first, or the slowest, and says how much it looked at', () => {
		const newest = search({ limit: 30 });
		const ended = newest.traces.map(({ startMs, durationMs }) => startMs + durationMs);
		expect([...ended].sort((a, b) => b - a)).toEqual(ended);
		expect(newest.lookedFromMs).toBeGreaterThan(base.fromMs);
		// The picture is of the whole window even so.
		expect(newest.points[0]?.startMs).toBeLessThan(base.fromMs + MIN);
		const slowest = search({ order: 'slowest', limit: 30 });
		const durations = slowest.traces.map(({ span }) => span.durationMs);
		expect([...durations].sort((a, b) => b - a)).toEqual(durations);
		expect(slowest.lookedFromMs).toBeNull();
		expect(newest.sampledOneIn).toBeGreaterThan(1);
	});

	it('of a service that writes no spans is empty, and names those that do', () => {
		const page = search({ service: 'db' });
		expect(page.traces).toEqual([]);
		expect(page.services.map(({ service }) => service)).toContain('api');
	});
});

describe('exemplars', () => {
	it('are requests in the bucket that they stand for', () => {
		const exemplars = createObservation(world).exemplars(trouble, {
			service: 'api',
			fromMs: 20 * MIN,
			toMs: NOW,
			limit: 40
		});
		expect(exemplars.length).toBeGreaterThan(20);
		for (const { value, labels, traceId, spanId } of exemplars) {
			const bound = DURATION_BOUNDS[bucketOf(value)];
			expect(labels.le).toBe(bound === undefined ? '+Inf' : String(bound));
			const span = open(traceId).spans.find((each) => each.spanId === spanId);
			expect(span?.durationMs).toBeCloseTo(value * 1000, 6);
			expect(labels).toMatchObject({ service: 'api', pod: span?.instance, version: span?.version });
		}
	});
});

/** A world in which every fault has entered each of its states, five minutes apart. */
function everything(of: World): WorldState {
	let state = initialWorldState(of);
	let at = MIN;
	for (const fault of of.compiled.scenario.faults) {
		for (const name of Object.keys(fault.states)) {
			state = enterState(of, state, fault.id, name, at);
			at += 5 * MIN;
		}
	}
	return state;
}

const { scenarios } = shippedScenarios();

describe.each(scenarios.map((compiled) => [compiled.scenario.id, compiled] as const))('%s', (_, compiled) => {
	const shipped = createWorld(compiled, 'shipped');
	const state = everything(shipped);
	const observation = createObservation(shipped);
	const page = observation.traces(state, { ...base, fromMs: 0, toMs: 1 });
	const minutes = [4, 14, 24];

	it.each(page.services.map(({ service }) => service))(
		'metrics, logs and traces of %s agree, minute by minute',
		(service) => {
			for (const minute of minutes) {
				const [fromMs, toMs] = [(minute - 1) * MIN, minute * MIN];
				const whole = `sum(rate(http_requests_total{service="${service}"}[1m]))`;
				const queryable = observation.queryable(state, toMs + MIN);
				// Scrapes of a minute end up to fifteen seconds after it.
				const errors = askOne(
					queryable,
					`sum(rate(http_requests_total{service="${service}",status=~"5.."}[1m])) / ${whole}`,
					toMs
				);
				const { points } = observation.traces(state, { ...base, service, fromMs, toMs, order: 'slowest' });
				const { records } = observation.logs(state, {
					fromMs,
					toMs,
					services: [service],
					levels: [],
					text: '',
					limit: 100_000
				});
				const lines = records.filter((record) => 'http.route' in record.fields);
				const failedLines = lines.filter((line) => (line.fields['http.response.status_code'] ?? '').startsWith('5'));
				const failed = points.filter((point) => point.failed).length;
				expect(failed / Math.max(1, points.length)).toBeCloseTo(failedLines.length / Math.max(1, lines.length), 1);
				const n = points.length;
				if (n < 30) continue;
				const deviation = Math.sqrt(Math.max(errors * (1 - errors), 0.001) / n);
				expect(Math.abs(failed / n - errors), `${service} at ${minute}: ${failed}/${n} and ${errors}`).toBeLessThan(
					4 * deviation + 0.05
				);
				// Of durations, the share below a bound of the histogram in its middle.
				const bucket = (le: string) =>
					askOne(
						queryable,
						`sum(rate(http_request_duration_seconds_bucket{service="${service}",le="${le}"}[1m])) / sum(rate(http_request_duration_seconds_count{service="${service}"}[1m]))`,
						toMs
					);
				for (const bound of [0.1, 1]) {
					const share = points.filter((point) => point.durationMs <= bound * 1000).length / n;
					const metric = bucket(String(bound));
					const sigma = Math.sqrt(Math.max(metric * (1 - metric), 0.001) / n);
					expect(Math.abs(share - metric), `${service} at ${minute}, le ${bound}`).toBeLessThan(4 * sigma + 0.06);
				}
			}
		}
	);

	it('every trace is well formed, through every state of every fault', () => {
		for (const minute of minutes) {
			for (const { service } of page.services) {
				const found = observation.traces(state, {
					...base,
					service,
					fromMs: (minute - 1) * MIN,
					toMs: minute * MIN,
					order: minute % 2 === 0 ? 'slowest' : 'newest',
					errorsOnly: minute % 3 === 0,
					limit: 12
				});
				for (const { traceId, startMs, durationMs } of found.traces) {
					const trace = observation.trace(state, traceId, 40 * MIN, startMs + durationMs) ?? fail();
					expectWellFormed(trace);
					expect(rootOf(trace)?.startMs).toBe(trace.startMs);
				}
			}
		}
	});
});
