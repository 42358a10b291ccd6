import type { CompiledScenario } from '../../src/lib/scenario/library.ts';

const gw = 'service="api-gw"';
const fraud = 'service="fraud"';
const core = 'service="payments-core"';
const ratio = (where: string, window: string) =>
	`sum(rate(http_requests_total{${where},status=~"5.."}[${window}])) / sum(rate(http_requests_total{${where}}[${window}]))`;
const quantile = (q: number, where: string) =>
	`histogram_quantile(${q}, sum by (le, endpoint) (rate(http_request_duration_seconds_bucket{${where}}[5m])))`;

/** Rules of mixed shape, as teams have them: rates, ratios, quantiles, joins, forecasts, absences. */
const RULES: Record<string, unknown>[] = [
	{ record: 'gw:requests:rate5m', expr: `sum(rate(http_requests_total{${gw}}[5m]))` },
	{ record: 'fraud:errors:ratio5m', expr: ratio(fraud, '5m') },
	{ alert: 'GatewayErrors', expr: `${ratio(gw, '5m')} > 0.05`, for: '2m' },
	{ alert: 'GatewayBurn', expr: `${ratio(gw, '5m')} > 0.0144 and ${ratio(gw, '30m')} > 0.0144` },
	{ alert: 'FraudErrors', expr: 'fraud:errors:ratio5m > 0.1', for: '5m' },
	{ alert: 'FraudSlow', expr: `${quantile(0.95, fraud)} > 4`, for: '3m' },
	{ alert: 'FraudTail', expr: `${quantile(0.99, fraud)} > 6`, for: '3m' },
	{ alert: 'TrafficDrop', expr: 'gw:requests:rate5m < 0.5 * (gw:requests:rate5m offset 10m)' },
	{
		alert: 'MemoryHigh',
		expr: `max by (service) (container_memory_working_set_bytes{${core}} / on (pod, container) group_left () kube_pod_container_resource_limits{${core},resource="memory"}) > 0.9`,
		for: '1m'
	},
	{ alert: 'MemoryForecast', expr: `predict_linear(container_memory_working_set_bytes{${core}}[15m], 3600) > 1e12` },
	{
		alert: 'PoolEmpty',
		expr: `database_connection_pool_available{${core}} / database_connection_pool_max{${core}} < 0.05`,
		for: '1m'
	},
	{ alert: 'PoolWaits', expr: `avg_over_time(database_connection_pool_pending{${core}}[5m]) > 20` },
	{ alert: 'Down', expr: `up{${gw}} == 0`, for: '1m' },
	{ alert: 'Absent', expr: 'absent(up{service="ledger-db"})', for: '2m' },
	{ alert: 'Files', expr: `process_open_fds{${fraud}} / process_max_fds{${fraud}} > 0.8` },
	{ alert: 'Restarts', expr: `increase(kube_pod_container_status_restarts_total{${fraud}}[10m]) > 2` },
	{ alert: 'Threads', expr: `threadpool_active{${core}} > 190`, for: '2m' },
	{
		alert: 'Pauses',
		expr: `rate(jvm_gc_pause_seconds_sum{${core}}[5m]) / rate(jvm_gc_pause_seconds_count{${core}}[5m]) > 1`
	},
	{ alert: 'Connections', expr: 'pg_stat_database_numbackends / pg_settings_max_connections > 0.9', for: '1m' },
	{ alert: 'Lag', expr: 'max_over_time(pg_replication_lag_seconds[10m]) > 30' }
];

/** The scenario with twenty rules that read about three hundred of its series. */
export function withTwentyRules(compiled: CompiledScenario): CompiledScenario {
	return { ...compiled, rules: { groups: [{ name: 'bench', interval: '15s', rules: RULES }] } };
}
