/** Queries to begin with: what responders ask first, in words and in PromQL. */
export const EXAMPLES: readonly { title: string; query: string }[] = [
	{
		title: 'Latency, p99 by service',
		query: 'histogram_quantile(0.99, sum by (le, service) (rate(http_request_duration_seconds_bucket[5m])))'
	},
	{ title: 'Requests by service', query: 'sum by (service) (rate(http_requests_total[5m]))' },
	{
		title: 'Share of errors by version',
		query:
			'sum by (service, version) (rate(http_requests_total{status=~"5.."}[5m])) / sum by (service, version) (rate(http_requests_total[5m]))'
	},
	{
		title: 'Restarts in ten minutes',
		query: 'sum by (service) (increase(kube_pod_container_status_restarts_total[10m])) > 0'
	}
];
