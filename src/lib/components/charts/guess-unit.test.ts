import { expect, it } from 'vitest';
import { guessUnit } from './guess-unit.ts';

const P99 = 'histogram_quantile(0.99, sum by (le, service) (rate(http_request_duration_seconds_bucket[5m])))';

it.each([
	['up', 'count'],
	['sum by (service) (rate(http_requests_total[5m]))', 'rps'],
	['increase(kube_pod_container_status_restarts_total[10m])', 'count'],
	['sum(rate(http_requests_total{status=~"5../x"}[5m])) / sum(rate(http_requests_total[5m]))', 'ratio'],
	['100 * sum(rate(a_total[5m])) / sum(rate(b_total[5m]))', 'percent'],
	['(sum(rate(a_total[5m])) / sum(rate(b_total[5m]))) * 100', 'percent'],
	[P99, 'seconds'],
	[`1000 * ${P99}`, 'milliseconds'],
	[`${P99} > 0.5`, 'seconds'],
	[`label_replace(${P99}, "a", "b", "", "") or ${P99}`, 'seconds'],
	['rate(jvm_gc_pause_seconds_sum[1m]) / rate(jvm_gc_pause_seconds_count[1m])', 'seconds'],
	['sum by (service) (rate(container_cpu_usage_seconds_total[1m]))', 'cores'],
	[
		'sum(rate(container_cpu_usage_seconds_total[1m])) / sum(kube_pod_container_resource_limits{resource="cpu"})',
		'ratio'
	],
	['container_memory_working_set_bytes', 'bytes'],
	['container_memory_working_set_bytes / on (pod) group_left() container_spec_memory_limit_bytes', 'ratio'],
	['rate(node_network_receive_bytes_total[5m])', 'bytesRate'],
	['1 - node_filesystem_avail_bytes / node_filesystem_size_bytes', 'ratio'],
	['threadpool_active / threadpool_max', 'ratio'],
	['time() - batch_last_success_timestamp_seconds', 'seconds'],
	['max(probe_ssl_earliest_cert_expiry)', 'date'],
	['count by (version) (up)', 'count'],
	['avg_over_time(probe_success[2m])', 'ratio'],
	['job:slo_errors:ratio_rate5m', 'ratio'],
	['sum(', 'count'],
	['', 'count']
])('%s is measured in %s', (query, unit) => expect(guessUnit(query)).toBe(unit));
