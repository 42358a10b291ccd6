/**
 * The queries that dashboards and health share. Each asks about all services at once, so that a server evaluates few of
 * them however many panels are open; a panel picks its lines by their labels.
 */

const REQUESTS = 'http_requests_total';
const BUCKETS = 'http_request_duration_seconds_bucket';

const ratio = (part: string, whole: string, by: string) =>
	`sum by (${by}) (rate(${part}[1m])) / sum by (${by}) (rate(${whole}[1m]))`;
const quantile = (q: number) => `histogram_quantile(${q}, sum by (service, le) (rate(${BUCKETS}[1m])))`;
const named = (q: number) => `label_replace(${quantile(q)}, "quantile", "p${Math.round(q * 100)}", "", "")`;

export const QUERIES = {
	traffic: `sum by (service) (rate(${REQUESTS}[1m]))`,
	errors: ratio(`${REQUESTS}{status=~"5.."}`, REQUESTS, 'service'),
	errorsByVersion: ratio(`${REQUESTS}{status=~"5.."}`, REQUESTS, 'service, version'),
	latency: [0.5, 0.95, 0.99].map(named).join(' or '),
	p95: quantile(0.95),
	inFlight: 'sum by (service) (http_requests_in_flight)',
	cpu: 'sum by (service) (rate(container_cpu_usage_seconds_total[1m])) / sum by (service) (kube_pod_container_resource_limits{resource="cpu"})',
	throttled:
		'sum by (service) (rate(container_cpu_cfs_throttled_periods_total[1m])) / sum by (service) (rate(container_cpu_cfs_periods_total[1m]))',
	memory:
		'max by (service, pod, version) (container_memory_working_set_bytes / on (pod, container) group_left() kube_pod_container_resource_limits{resource="memory"})',
	memoryOfWorst:
		'max by (service) (container_memory_working_set_bytes / on (pod, container) group_left() kube_pod_container_resource_limits{resource="memory"})',
	restarts: 'sum by (service) (increase(kube_pod_container_status_restarts_total[10m]))',
	podsReady: 'sum by (service) (kube_pod_container_status_ready)',
	up: 'avg by (service) (up)',
	files: 'max by (service) (process_open_fds / process_max_fds)',
	heap: 'max by (service) (jvm_memory_used_bytes{area="heap"})',
	jvmThreads: 'sum by (service) (jvm_threads_live_threads)',
	gcPause:
		'sum by (service) (rate(jvm_gc_pause_seconds_sum[1m])) / sum by (service) (rate(jvm_gc_pause_seconds_count[1m]))',
	poolAvailable: 'min by (service) (database_connection_pool_available)',
	poolPending: 'sum by (service) (database_connection_pool_pending)',
	threadpool: 'max by (service) (threadpool_active / threadpool_max)',
	sessions: 'max by (service) (pg_stat_database_numbackends)',
	sessionShare:
		'max by (service) (pg_stat_database_numbackends / on (instance) group_left() pg_settings_max_connections)',
	sessionsByState: 'sum by (service, state) (pg_stat_activity_count)',
	statementTime:
		'sum by (service) (rate(pg_stat_statements_seconds_total[1m])) / sum by (service) (rate(pg_stat_statements_calls_total[1m]))',
	statements: 'sum by (service) (rate(pg_stat_statements_calls_total[1m]))',
	locks: 'sum by (service) (pg_locks_waiting)',
	lag: 'max by (service) (pg_replication_lag_seconds)',
	mysqlLag: 'max by (service) (mysql_slave_status_seconds_behind_master)',
	mysqlSessions: 'max by (service) (mysql_global_status_threads_connected)',
	cacheHits: ratio('cache_hits_total', 'cache_requests_total', 'service'),
	redisHits:
		'sum by (service) (rate(redis_keyspace_hits_total[1m])) / (sum by (service) (rate(redis_keyspace_hits_total[1m])) + sum by (service) (rate(redis_keyspace_misses_total[1m])))',
	redisCommands: 'sum by (service) (rate(redis_command_duration_seconds_count[1m]))',
	redisClients: 'sum by (service) (redis_connected_clients)',
	redisEvictions: 'sum by (service) (rate(redis_evicted_keys_total[1m]))',
	redisMemory: 'max by (service) (redis_memory_used_bytes)',
	redisLatency: 'histogram_quantile(0.99, sum by (service, le) (rate(redis_command_duration_seconds_bucket[1m])))',
	queueAge: 'max by (service) (queue_oldest_message_age_seconds)',
	queueReady: 'sum by (service) (rabbitmq_queue_messages_ready)',
	consumerLag: 'sum by (service) (kafka_consumergroup_lag)',
	dnsLatency: 'histogram_quantile(0.99, sum by (service, le) (rate(coredns_dns_request_duration_seconds_bucket[1m])))',
	dnsErrors: ratio('coredns_dns_responses_total{rcode="SERVFAIL"}', 'coredns_dns_responses_total', 'service'),
	probes: 'avg by (service) (avg_over_time(probe_success[2m]))',
	dnsQuestions: 'sum by (service) (rate(coredns_dns_responses_total[1m]))',
	retries: 'sum by (service, upstream) (rate(envoy_cluster_upstream_rq_retry[1m]))',
	disk: 'max by (service) (1 - node_filesystem_avail_bytes{mountpoint="/var"} / node_filesystem_size_bytes{mountpoint="/var"})',
	hostMemory: 'max by (service) (1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes)',
	hostLoad: 'max by (service) (node_load1)',
	hostDrops: 'sum by (service) (rate(node_network_receive_drop_total[1m]))',
	diskBusy: 'max by (service) (rate(node_disk_io_time_seconds_total[1m]))',
	jobFailures:
		'sum by (service) (increase(batch_job_failures_total[10m])) or sum by (service) (increase(ci_builds_total{result="failed"}[10m]))'
} as const;
