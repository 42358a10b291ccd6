import { describe, expect, it } from 'vitest';
import {
	enterState,
	metricHandle,
	oomKill,
	podHistory,
	requestsPerSecond,
	restartPods,
	type WorldState
} from '../world/index.ts';
import { EXPORTERS } from './families/index.ts';
import { createObservation } from './index.ts';
import { DURATION_BOUNDS } from './shapes/durations.ts';
import { ask, askOne, bucketOf, matchers, MIN, samplesOf, signature, testWorld, troubled } from './testing.ts';

const { world, quiet } = testWorld();
const trouble = troubled(world, quiet);
const restarted = restartPods(world, oomKill(trouble, 'search', 1, 8 * MIN), 'api', 20 * MIN, 2 * MIN);
const end = 40 * MIN;

const counterNames = EXPORTERS.flatMap((exporter) => exporter.families)
	.filter((family) => family.type !== 'gauge' && !family.name.startsWith('kube_pod'))
	.flatMap((family) =>
		family.type === 'histogram'
			? [`${family.name}_bucket`, `${family.name}_sum`, `${family.name}_count`]
			: [family.name]
	);

/** Times at which the container behind a series began anew. */
function restartsOf(state: WorldState, service: string, pod: string): number[] {
	if (pod === '') return [];
	return podHistory(world, state, service)
		.filter((life) => life.name === pod)
		.map((life) => life.startedAtMs);
}

describe('counters', () => {
	const queryable = createObservation(world).queryable(restarted, end);

	it.each(counterNames)('%s never falls but when its process begins anew', (name) => {
		for (const series of queryable.select(matchers(name), -20 * MIN, end)) {
			const restarts = restartsOf(restarted, series.labels.service ?? '', series.labels.pod ?? '');
			let last: [number, number] | null = null;
			for (const [time, value] of samplesOf(series)) {
				if (value === null) continue;
				if (last !== null && value < last[1]) {
					const since = last[0];
					expect(
						restarts.some((at) => at > since - 3_000 && at <= time),
						`${signature(series.labels)} at ${time}`
					).toBe(true);
				}
				last = [time, value];
			}
		}
	});

	it('count whole things', () => {
		for (const series of queryable.select(matchers('http_requests_total'), 0, end))
			expect(samplesOf(series).every(([, value]) => value === null || Number.isInteger(value))).toBe(true);
	});

	it('give the right rate over a restart', () => {
		const killed = podHistory(world, restarted, 'search').find((pod) => pod.ended === 'oom');
		const again = podHistory(world, restarted, 'search').find((pod) => pod.name === killed?.name && pod.restarts === 1);
		if (killed === undefined || again === undefined) throw new Error('no restart');
		const at = 12 * MIN;
		const rate = askOne(queryable, `sum(rate(http_requests_total{pod="${killed.name}"}[8m]))`, at);
		const usual = requestsPerSecond(world, restarted, 'search', at) / 3;
		const away = (again.readyAtMs - (killed.endedAtMs ?? 0)) / (8 * MIN);
		// Between the last scrape before the kill and the kill itself counts are lost, as in real life.
		expect(rate / usual).toBeGreaterThan(1 - away - 0.12);
		expect(rate / usual).toBeLessThan(1.1);
	});

	it('of a histogram are cumulative, and sum and count agree with them', () => {
		const bounds = [...DURATION_BOUNDS.map(String), '+Inf'];
		for (const tMs of [0, 10 * MIN, 25 * MIN]) {
			const count = ask(queryable, 'http_request_duration_seconds_count', tMs);
			const buckets = ask(queryable, 'http_request_duration_seconds_bucket', tMs);
			const by = (key: string, le: string) => buckets.get(withLabel(key, 'http_request_duration_seconds_bucket', le));
			for (const [key, total] of count) {
				let before = 0;
				for (const le of bounds) {
					const value = by(key, le) ?? NaN;
					expect(value).toBeGreaterThanOrEqual(before);
					before = value;
				}
				expect(before).toBe(total);
			}
		}
		const requests = askOne(queryable, 'sum(increase(http_requests_total{service="search"}[10m]))', 30 * MIN);
		const timed = askOne(
			queryable,
			'sum(increase(http_request_duration_seconds_count{service="search"}[10m]))',
			30 * MIN
		);
		expect(timed / requests).toBeCloseTo(1, 3);
		const mean = askOne(
			queryable,
			'sum(rate(http_request_duration_seconds_sum{service="search"}[5m])) / sum(rate(http_request_duration_seconds_count{service="search"}[5m]))',
			4 * MIN
		);
		const p50 = askOne(
			queryable,
			'histogram_quantile(0.5, sum by (le) (rate(http_request_duration_seconds_bucket{service="search"}[5m])))',
			4 * MIN
		);
		const p95 = askOne(
			queryable,
			'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{service="search"}[5m])))',
			4 * MIN
		);
		expect(mean).toBeGreaterThan(p50);
		expect(mean).toBeLessThan(p95);
	});
});

function withLabel(key: string, name: string, le: string): string {
	const labels = Object.fromEntries(key.split(',').map((pair) => pair.split('=', 2) as [string, string]));
	return signature({ ...labels, __name__: name, le });
}

describe('metrics and truth', () => {
	const queryable = createObservation(world).queryable(trouble, end);
	const mean = (service: string, metric: string, fromMs: number, toMs: number, where: Record<string, string> = {}) => {
		const at = metricHandle(world, trouble, service, where, metric);
		let sum = 0;
		for (let i = 0; i < 60; i += 1) sum += at(fromMs + ((i + 0.5) * (toMs - fromMs)) / 60);
		return sum / 60;
	};
	const ratio = (service: string, more = '') =>
		`sum(rate(http_requests_total{service="${service}",status=~"5.."${more}}[5m])) / sum(rate(http_requests_total{service="${service}"${more}}[5m]))`;

	it.each([
		['api', 4],
		['api', 10],
		['api', 14],
		['api', 25],
		['lb', 14],
		['lb', 25],
		['search', 25]
	])('agree on the errors of %s at minute %i', (service, minute) => {
		const seen = askOne(queryable, ratio(service), minute * MIN);
		const truth = mean(service, 'errors', (minute - 5) * MIN, minute * MIN);
		expect(Math.abs(seen - truth)).toBeLessThan(0.15 * truth + 0.0006);
	});

	it('show errors on the version that has them and on no other', () => {
		expect(askOne(queryable, ratio('api', ',version="1.5.0"'), 25 * MIN)).toBeGreaterThan(0.35);
		expect(askOne(queryable, ratio('api', ',version="1.4.0"'), 25 * MIN)).toBeLessThan(0.01);
	});

	it.each([
		['api', 4],
		['api', 30],
		['lb', 4],
		['search', 4],
		['names', 4]
	])('agree on the 95th percentile of %s at minute %i within a bucket', (service, minute) => {
		const p95 = askOne(
			queryable,
			`histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{service="${service}"}[5m])))`,
			minute * MIN
		);
		const truth = mean(service, 'latency', (minute - 5) * MIN, minute * MIN) / 1000;
		expect(Math.abs(bucketOf(p95) - bucketOf(truth))).toBeLessThanOrEqual(1);
	});

	it('put requests that hang into the buckets of timeouts, and let those that fail at once be fast', () => {
		const hanging = createObservation(world);
		const { world: other, quiet: calm } = testWorld('seed-2');
		const observation = createObservation(other);
		const slow = troubledBy(other, calm, 'hanging');
		const share = (q: ReturnType<typeof observation.queryable>, le: string) =>
			askOne(
				q,
				`sum(rate(http_request_duration_seconds_bucket{service="api",le="${le}"}[3m])) / sum(rate(http_request_duration_seconds_count{service="api"}[3m]))`,
				12 * MIN
			);
		expect(share(observation.queryable(slow, 12 * MIN), '5')).toBeCloseTo(0.5, 1);
		expect(share(hanging.queryable(trouble, 12 * MIN), '1')).toBeGreaterThan(0.98);
		const fast = createObservation(world).queryable(trouble, 24 * MIN);
		const quick = askOne(
			fast,
			'sum(rate(http_request_duration_seconds_bucket{service="api",le="0.05",version="1.5.0"}[3m])) / sum(rate(http_request_duration_seconds_count{service="api",version="1.5.0"}[3m]))',
			24 * MIN
		);
		expect(quick).toBeGreaterThan(0.3);
	});

	it('agree on requests per second of all pods together', () => {
		const seen = askOne(queryable, 'sum(rate(http_requests_total{service="lb"}[10m]))', 40 * MIN);
		let truth = 0;
		for (let i = 0; i < 40; i += 1) truth += requestsPerSecond(world, trouble, 'lb', 30 * MIN + i * 15_000) / 40;
		expect(seen / truth).toBeGreaterThan(0.95);
		expect(seen / truth).toBeLessThan(1.05);
	});

	it('show an exhausted pool as exactly none', () => {
		const free = ask(queryable, 'database_connection_pool_available', 20 * MIN);
		expect(free.size).toBe(4);
		expect([...free.values()]).toEqual([0, 0, 0, 0]);
	});

	it('join usage with limits by pod and container', () => {
		const used = ask(
			queryable,
			'max by (service) (container_memory_working_set_bytes / on (pod, container) group_left() kube_pod_container_resource_limits{resource="memory"})',
			4 * MIN
		);
		expect(used.get('service=search')).toBeCloseTo(metricHandle(world, trouble, 'search', {}, 'mem')(4 * MIN), 1);
		expect(used.size).toBe(9);
	});
});

function troubledBy(other: typeof world, calm: WorldState, state: string): WorldState {
	return enterState(other, calm, 'bug', state, 5 * MIN);
}
