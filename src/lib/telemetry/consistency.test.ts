/**
 * What metrics and logs owe each other and the truth, for every shipped scenario: the names and fields of real exporters,
 * and the promises under "Consistency" in the design of the telemetry.
 */
import { describe, expect, it } from 'vitest';
import { shippedScenarios } from '../../../tests/replay/scenarios.ts';
import type { Queryable } from '../promql/index.ts';
import type { CompiledScenario } from '../scenario/library.ts';
import { createWorld, enterState, initialWorldState, metricHandle, podHistory, type World } from '../world/index.ts';
import { EXPORTERS } from './families/index.ts';
import { createObservation, type LogRecord } from './index.ts';
import { ask, bucketOf, matchers, MIN, samplesOf, signature } from './testing.ts';

const { scenarios } = shippedScenarios();
const STATE_MS = 6 * MIN;

/** A world in which every fault has entered each of its states, one after the other, and when each state began. */
function everything(world: World) {
	let state = initialWorldState(world);
	let at = 2 * MIN;
	const entered: { fault: string; name: string; fromMs: number }[] = [];
	for (const fault of world.compiled.scenario.faults) {
		for (const name of Object.keys(fault.states)) {
			state = enterState(world, state, fault.id, name, at);
			entered.push({ fault: fault.id, name, fromMs: at });
			at += STATE_MS;
		}
	}
	return { state, entered, endMs: at };
}

/** Services whose requests leave log lines. */
function logging({ services }: CompiledScenario): string[] {
	return Object.entries(services)
		.filter(([, service]) => service.exports.includes('http') && service.traffic > 0)
		.filter(([, service]) => !['vendor', 'db', 'cache', 'queue'].includes(service.kind))
		.map(([name]) => name);
}

const isRequest = (record: LogRecord) => 'http.response.status_code' in record.fields;
const failed = (record: LogRecord) => (record.fields['http.response.status_code'] ?? '').startsWith('5');
const ratio = (service: string, range: string) =>
	`sum(rate(http_requests_total{service="${service}",status=~"5.."}[${range}])) / sum(rate(http_requests_total{service="${service}"}[${range}]))`;
const one = (queryable: Queryable, text: string, tMs: number) => [...ask(queryable, text, tMs).values()][0] ?? NaN;

const COUNTERS = EXPORTERS.flatMap((exporter) => exporter.families)
	.filter((family) => family.type !== 'gauge' && !family.name.startsWith('kube_pod'))
	.flatMap(({ name, type }) => (type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name]));

describe.each(scenarios.map((compiled) => [compiled.scenario.id, compiled] as const))('%s', (_, compiled) => {
	const world = createWorld(compiled, 'consistent');
	const { state, entered, endMs } = everything(world);
	// Faults may have begun before the run: a day without them is another world.
	const still = createWorld({ ...compiled, scenario: { ...compiled.scenario, faults: [], changes: [] } }, 'consistent');
	const quiet = initialWorldState(still);
	const observation = createObservation(world);
	const end = Math.min(endMs, 40 * MIN);
	const queryable = observation.queryable(state, end);
	const calm = createObservation(still).queryable(quiet, 15 * MIN);
	const logs = (query: object) =>
		observation.logs(state, { fromMs: 0, toMs: end, services: [], levels: [], text: '', limit: 20_000, ...query });

	it('series carry the labels of service discovery, and processes those of their pod', () => {
		const wrong: string[] = [];
		for (const family of EXPORTERS.flatMap((exporter) => exporter.families)) {
			for (const series of calm.select(matchers(family.name), 10 * MIN, 15 * MIN)) {
				const needed = ['job', 'service', 'namespace', 'region'];
				if (/^(http|process|jvm|database|threadpool)_/.test(family.name)) needed.push('instance', 'pod', 'version');
				const missing = needed.filter((label) => !series.labels[label]);
				// The monitoring watches itself, not for a service.
				if (/^(prometheus|alertmanager)_/.test(family.name)) continue;
				if (missing.length > 0) wrong.push(`${signature(series.labels)}: ${missing.join()}`);
			}
		}
		expect(wrong).toEqual([]);
	});

	it('is scraped every 15 s, each target off the grid at a place of its own', () => {
		const offsets = new Set<number>();
		for (const series of calm.select(matchers('up'), 5 * MIN, 15 * MIN)) {
			const times = samplesOf(series).map(([time]) => time);
			for (let i = 1; i < times.length; i++) expect((times[i] ?? 0) - (times[i - 1] ?? 0)).toBe(15_000);
			offsets.add((((times[0] ?? 0) % 15_000) + 15_000) % 15_000);
		}
		expect(offsets.has(0)).toBe(false);
		expect(offsets.size).toBeGreaterThan(3);
	});

	it('counters never fall but when their process begins anew', () => {
		const wrong: string[] = [];
		for (const name of COUNTERS) {
			for (const series of queryable.select(matchers(name), 0, end)) {
				let last = -Infinity;
				let lastMs = 0;
				for (const [time, value] of samplesOf(series)) {
					if (value === null) continue;
					const { service = '', pod = '' } = series.labels;
					const anew = () =>
						podHistory(world, state, service).some(
							(life) => life.name === pod && life.startedAtMs > lastMs - 3_000 && life.startedAtMs <= time
						);
					if (value < last && !anew()) wrong.push(`${signature(series.labels)} at ${time}`);
					last = value;
					lastMs = time;
				}
			}
		}
		expect(wrong).toEqual([]);
	});

	it('no bucket grows by more than the one that contains it, and the count is the last of them', () => {
		const wrong: string[] = [];
		for (const base of ['http_request_duration_seconds', 'redis_command_duration_seconds']) {
			const counts = new Map(
				queryable.select(matchers(`${base}_count`), 0, end).map((each) => [keyOf(each.labels), samplesOf(each)])
			);
			let below: { key: string; samples: [number, number | null][] } | null = null;
			for (const series of queryable.select(matchers(`${base}_bucket`), 0, end)) {
				const key = keyOf(series.labels);
				const samples = samplesOf(series);
				const inner = below?.key === key ? below.samples : null;
				for (let i = 1; inner && i < samples.length; i++) {
					const [grown, within] = [samples, inner].map((all) => (all[i]?.[1] ?? NaN) - (all[i - 1]?.[1] ?? NaN));
					if (grown !== undefined && within !== undefined && within > grown && within > 0 && grown >= 0)
						wrong.push(`${signature(series.labels)} at ${samples[i]?.[0]}`);
				}
				if (series.labels.le === '+Inf' && JSON.stringify(samples) !== JSON.stringify(counts.get(key)))
					wrong.push(`${signature(series.labels)} is not the count`);
				below = { key, samples };
			}
		}
		expect(wrong).toEqual([]);
	});

	it('the p95 that buckets give lies within a bucket of the truth', () => {
		for (const service of logging(compiled)) {
			const p95 = `histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{service="${service}"}[5m])))`;
			const truth = metricHandle(still, quiet, service, {}, 'latency')(12 * MIN) / 1000;
			const seen = one(calm, p95, 15 * MIN);
			expect(Math.abs(bucketOf(seen) - bucketOf(truth)), `${service}: ${seen} for ${truth}`).toBeLessThanOrEqual(1);
		}
	});

	it('metrics and logs tell the same share of errors, and as many requests', () => {
		const { sampledOneIn } = logs({ limit: 1 });
		for (const service of logging(compiled)) {
			for (const toMs of [end / 2, end]) {
				const fromMs = toMs - 4 * MIN;
				const lines = logs({ services: [service], fromMs, toMs }).records.filter(isRequest);
				if (lines.length < 60) continue;
				const share = lines.filter(failed).length / lines.length;
				const metric = one(queryable, ratio(service, '4m'), toMs);
				const deviation = Math.sqrt((metric * (1 - metric)) / lines.length);
				expect(Math.abs(share - metric), `errors of ${service} at ${toMs / MIN}`).toBeLessThan(
					4 * deviation + 0.01 + 0.06 * metric
				);
				const requests = one(queryable, `sum(increase(http_requests_total{service="${service}"}[4m]))`, toMs);
				const told = (lines.length * sampledOneIn) / requests;
				const off = 0.12 + 4 / Math.sqrt(lines.length);
				expect(Math.abs(told - 1), `requests of ${service} at ${toMs / MIN}`).toBeLessThan(off);
			}
		}
	});

	it('what does not depend on what is broken does not move', () => {
		const broken = new Set(Object.keys(state.curves).map((key) => /^[^.[]+/.exec(key)?.[0] ?? ''));
		for (const line of Object.keys(state.versions)) broken.add(line);
		// Whoever calls it feels it; whom it calls may be flooded by it.
		for (let before = -1; before !== broken.size;) {
			before = broken.size;
			for (const { from, to } of compiled.dependencies)
				if (broken.has(to) || broken.has(from)) broken.add(from).add(to);
		}
		for (const service of logging(compiled).filter((name) => !broken.has(name)))
			expect(one(queryable, ratio(service, '5m'), end), service).toBeLessThan(0.012);
	});

	it('past samples do not change by what happens later', () => {
		const at = end - 4 * MIN;
		const [fault] = compiled.scenario.faults;
		const [name] = Object.keys(fault?.states ?? {});
		const dump = (now: typeof state, nowMs: number) =>
			['http_requests_total', 'container_memory_working_set_bytes'].flatMap((family) =>
				createObservation(world)
					.queryable(now, nowMs)
					.select(matchers(family), at - 3 * MIN, at)
					.map(
						(series) =>
							`${signature(series.labels)} ${JSON.stringify(samplesOf(series).filter(([t]) => t > at - 3 * MIN && t <= at))}`
					)
			);
		const later = enterState(world, state, fault?.id ?? '', name ?? '', at + MIN);
		expect(dump(later, end)).toEqual(dump(state, at));
	});

	it('records carry the names of OpenTelemetry, by the kind of service', () => {
		const { records } = logs({ fromMs: 0, toMs: 6 * MIN });
		expect(records.length).toBeGreaterThan(200);
		for (const record of records) {
			expect(record.instance && record.version && record.msg).not.toBe('');
			expect(record.traceId).toMatch(/^[0-9a-f]{32}$/);
			expect(record.spanId).toMatch(/^[0-9a-f]{16}$/);
			const { kind } = compiled.services[record.service] ?? {};
			if (isRequest(record)) {
				expect(record.fields['http.request.method']).toMatch(/^[A-Z]+$/);
				expect(record.fields['http.route']).toMatch(/^\//);
			} else if (kind === 'db' && record.fields['db.query.text'] !== undefined)
				expect(record.fields['db.system.name']).not.toBe('');
		}
		const kinds = new Set(records.map(({ service }) => compiled.services[service]?.kind));
		expect(kinds.size).toBeGreaterThan(1);
	});

	it('every state that has words of its own writes them while it lasts', () => {
		for (const { fault, name, fromMs } of entered) {
			const lines = compiled.scenario.faults.find(({ id }) => id === fault)?.states[name]?.logs ?? [];
			for (const line of lines) {
				// What is of errors needs errors, and what is of a version needs pods of it.
				if (line.per_minute === undefined || line.per_minute < 1 || line.version !== undefined) continue;
				const words = line.message.split(/\{\w+\}/).sort((a, b) => b.length - a.length)[0] ?? '';
				const found = logs({ services: [line.service], text: words, fromMs, toMs: fromMs + STATE_MS, limit: 5 });
				expect(found.records.length, `${fault}.${name}: ${line.message}`).toBeGreaterThan(0);
			}
		}
	});
});

function keyOf(labels: Readonly<Record<string, string>>): string {
	return signature({ ...labels, le: '', __name__: '' });
}

describe.each(scenarios.map((compiled) => [compiled.scenario.id, compiled] as const))(
	'a quiet week of %s',
	(_, compiled) => {
		const still = { ...compiled, scenario: { ...compiled.scenario, faults: [], changes: [] } };
		const HOUR = 60 * MIN;

		it('fires no alert, whatever the day and the hour', () => {
			for (let day = 0; day < 7; day++) {
				const startsAt = compiled.startsAt + (day * 24 + day * 5) * HOUR;
				const calm = createWorld({ ...still, startsAt }, `week-${day}`);
				const quiet = initialWorldState(calm);
				const observation = createObservation(calm);
				for (const t of [12 * MIN, 20 * MIN]) {
					const queryable = observation.queryable(quiet, t);
					for (const group of compiled.rules.groups)
						for (const rule of group.rules)
							if (rule.alert !== undefined)
								expect([...ask(queryable, String(rule.expr), t).keys()], `${String(rule.alert)} on day ${day}`).toEqual(
									[]
								);
				}
			}
		});

		it('looks alive: the shape of the day, and now and then a harmless blip', () => {
			const calm = createWorld(still, 'alive');
			const quiet = initialWorldState(calm);
			const [service = ''] = logging(compiled);
			const requests = (hours: number) => {
				const text = `sum(rate(http_requests_total{service="${service}"}[10m] offset ${hours}h))`;
				return one(createObservation(calm).queryable(quiet, 0), text, 0);
			};
			const day = Array.from({ length: 12 }, (_, i) => requests(2 + 2 * i));
			expect(Math.max(...day) / Math.min(...day)).toBeGreaterThan(1.3);
			// Blips are drawn by service: one of several has one on nearly any two days.
			const waves = logging(compiled).map((name) => {
				const latency = metricHandle(calm, quiet, name, {}, 'latency');
				const values = Array.from({ length: 48 * 120 }, (_, i) => latency(i * 30_000));
				const usual = [...values].sort((a, b) => a - b)[values.length / 2] ?? NaN;
				return Math.max(...values) / usual;
			});
			expect(Math.max(...waves)).toBeGreaterThan(1.02);
			expect(Math.max(...waves)).toBeLessThan(2.5);
		});
	}
);
