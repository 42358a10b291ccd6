/**
 * How long twenty rules of mixed shape take over 300 series for 60 minutes at 15 s, beside a bare loop over as many
 * samples. Run with `npx tsx tests/bench/promql.ts`; prints CPU milliseconds of this process.
 */
import { fileURLToPath } from 'node:url';
import {
	compileRules,
	createMemoryStore,
	emptyRuleState,
	evaluateRules,
	type MemoryStore,
	type RuleFile
} from '../../src/lib/promql/index.ts';

const stepMs = 15_000;
const steps = 240;
const services = ['web', 'api', 'cart', 'checkout', 'payment', 'stock', 'search', 'mail', 'auth', 'edge'];

/** 300 series: ten services with six request counters, eleven buckets, and gauges of pods, pools and nodes. */
export function benchStore(): MemoryStore {
	const store = createMemoryStore();
	const noise = (series: number, step: number) => ((series * 7919 + step * 104_729) % 1000) / 1000;
	services.forEach((service, s) => {
		const counters: Record<string, number> = {};
		for (let step = -steps; step <= steps; step += 1) {
			const timeMs = step * stepMs;
			const count = (labels: Record<string, string>, by: number) => {
				const key = JSON.stringify(labels);
				counters[key] = (counters[key] ?? 0) + by;
				store.append(labels, timeMs, counters[key]);
			};
			const share = s === 3 && step > 60 && step < 120 ? 0.3 : 0.002;
			for (const method of ['GET', 'POST']) {
				for (const [status, part] of [
					['200', 1 - share],
					['404', 0.01],
					['500', share]
				] as const) {
					count(
						{ __name__: 'http_requests_total', job: 'app', service, method, status },
						100 * part * (0.9 + noise(s, step) / 5)
					);
				}
			}
			[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, Infinity].forEach((le, at) =>
				count(
					{
						__name__: 'http_request_duration_seconds_bucket',
						job: 'app',
						service,
						le: le === Infinity ? '+Inf' : String(le)
					},
					10 * (at + 1)
				)
			);
			const gauge = (name: string, labels: Record<string, string>, value: number) =>
				store.append({ __name__: name, job: 'app', service, ...labels }, timeMs, value);
			for (const pod of ['a', 'b', 'c']) {
				gauge(
					'container_memory_working_set_bytes',
					{ pod, container: 'app' },
					5e8 + 1e6 * step * (s === 2 ? 3 : 0) + 1e7 * noise(s, step)
				);
				gauge('container_spec_memory_limit_bytes', { pod, container: 'app' }, 1e9);
				gauge('up', { instance: pod }, 1);
			}
			gauge('database_connection_pool_available', {}, 10 - 10 * share);
			gauge('database_connection_pool_max', {}, 20);
			gauge('queue_oldest_message_age_seconds', { queue: 'q' }, 5 + 5 * noise(s, step));
			gauge('node_filesystem_avail_bytes', { mountpoint: '/' }, 1e10 - 1e7 * step);
		}
	});
	return store;
}

const errorRatio =
	'sum by (service) (rate(http_requests_total{status=~"5.."}[5m])) / sum by (service) (rate(http_requests_total[5m]))';

export const benchRules: RuleFile = {
	groups: [
		{
			name: 'bench',
			rules: [
				{ record: 'service:requests:rate5m', expr: 'sum by (service) (rate(http_requests_total[5m]))' },
				{ record: 'service:errors:ratio_rate5m', expr: errorRatio },
				{
					alert: 'HighErrorRate',
					expr: `${errorRatio} > 0.05`,
					for: '2m',
					annotations: { summary: '{{ $labels.service }}: {{ $value | humanizePercentage }}' }
				},
				{
					alert: 'ErrorBudgetBurn',
					expr: 'service:errors:ratio_rate5m > 14.4 * 0.001 and service:errors:ratio_rate5m offset 5m > 14.4 * 0.001'
				},
				{
					record: 'service:latency:p99',
					expr: 'histogram_quantile(0.99, sum by (le, service) (rate(http_request_duration_seconds_bucket[5m])))'
				},
				{
					alert: 'SlowRequests',
					expr: 'histogram_quantile(0.95, sum by (le, service) (rate(http_request_duration_seconds_bucket[5m]))) > 4.9',
					for: '5m'
				},
				{
					alert: 'MemoryNearLimit',
					expr: 'container_memory_working_set_bytes / on (pod, container, service) group_left () container_spec_memory_limit_bytes > 0.9',
					for: '1m'
				},
				{
					alert: 'MemoryWillRunOut',
					expr: 'predict_linear(container_memory_working_set_bytes[15m], 3600) > on (pod, container, service) container_spec_memory_limit_bytes'
				},
				{ alert: 'InstanceDown', expr: 'up == 0', for: '1m' },
				{ alert: 'PoolExhausted', expr: 'database_connection_pool_available / database_connection_pool_max < 0.1' },
				{ alert: 'QueueAge', expr: 'max by (service) (max_over_time(queue_oldest_message_age_seconds[10m])) > 60' },
				{ alert: 'DiskFull', expr: 'predict_linear(node_filesystem_avail_bytes[30m], 4 * 3600) < 0' },
				{ alert: 'NoTraffic', expr: 'sum by (service) (increase(http_requests_total[10m])) == 0' },
				{ alert: 'TrafficDrop', expr: 'service:requests:rate5m < 0.5 * (service:requests:rate5m offset 10m)' },
				{ record: 'service:availability:avg30m', expr: '1 - avg_over_time(service:errors:ratio_rate5m[30m])' },
				{
					alert: 'TopErrors',
					expr: 'topk(3, sum by (service, method) (rate(http_requests_total{status=~"5.."}[5m]))) > 20'
				},
				{ alert: 'PodImbalance', expr: 'stddev by (service) (container_memory_working_set_bytes) > 1e9' },
				{ alert: 'Absent', expr: 'absent(up{service="nowhere"})', for: '1h' },
				{
					alert: 'ClientErrors',
					expr: 'sum(rate(http_requests_total{status=~"4.."}[5m])) / sum(rate(http_requests_total[5m])) > 0.5'
				},
				{ alert: 'Flapping', expr: 'changes(up[15m]) > 3' }
			]
		}
	]
};

/** CPU milliseconds of one hour of the rules, including their compilation. */
export function benchRun(store: MemoryStore): { ms: number; transitions: number } {
	const before = process.cpuUsage();
	const compiled = compileRules(benchRules);
	if (!compiled.ok) throw new Error(compiled.error.message);
	const recorded = createMemoryStore();
	let state = emptyRuleState;
	let transitions = 0;
	for (let step = 0; step < steps; step += 1) {
		const result = evaluateRules(compiled.value, state, store, step * stepMs, { store: recorded });
		if (result.errors[0]) throw new Error(result.errors[0].error.message);
		state = result.state;
		transitions += result.transitions.length;
	}
	const { user, system } = process.cpuUsage(before);
	return { ms: (user + system) / 1000, transitions };
}

/** Prints rounds of the rules, and of a bare loop over as many samples as the rules look at. */
function report(): void {
	const store = benchStore();
	console.log(`${store.series.length} series, 20 rules, ${steps} evaluations`);
	for (let round = 1; round <= 5; round += 1) {
		const { ms, transitions } = benchRun(store);
		console.log(`round ${round}: ${ms.toFixed(0)} ms CPU, ${transitions} transitions`);
	}
	const start = process.cpuUsage();
	let total = 0;
	for (let step = 0; step < steps; step += 1) {
		for (const series of store.series) {
			for (let at = step + steps - 19; at <= step + steps; at += 1) total += series.values[at] ?? 0;
		}
	}
	const { user, system } = process.cpuUsage(start);
	console.log(`bare loop over 20 samples of each series: ${((user + system) / 1000).toFixed(0)} ms CPU (${total > 0})`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) report();
