// What people paste into their own tools to ask about a run.

export interface ToolExample {
	tool: string;
	/** One sentence on where it goes. */
	how: string;
	text: string;
}

/** Examples that work as they stand. `origin` is the address of Muster. */
export function examplesFor(origin: string, incidentId: string, token: string): ToolExample[] {
	const path = `/api/runs/${incidentId}/prometheus`;
	const base = origin + path;
	const { host, protocol } = new URL(origin);
	return [
		{
			tool: 'Grafana',
			how: 'A data source of kind Prometheus, as a file of provisioning; or the same address and header in its form.',
			text: `apiVersion: 1
datasources:
  - name: Muster ${incidentId}
    type: prometheus
    access: proxy
    url: ${base}
    jsonData:
      httpMethod: POST
      timeInterval: 15s
      httpHeaderName1: Authorization
    secureJsonData:
      httpHeaderValue1: Bearer ${token}`
		},
		{
			tool: 'promtool',
			how: 'The token stands in the address, since promtool has no flag for it.',
			text: `promtool query instant ${base}/t/${token} 'sum by (service) (rate(http_requests_total{status=~"5.."}[5m]))'`
		},
		{
			tool: 'vmalert',
			how: 'Evaluates your own rule file against the run and tells your own Alertmanager.',
			text: `vmalert -rule=rules.yaml -evaluationInterval=15s \\
  -datasource.url=${base} \\
  -datasource.bearerToken=${token} \\
  -notifier.url=http://127.0.0.1:9093`
		},
		{
			tool: 'Prometheus',
			how: 'Scrapes what the simulated targets expose; use /federate with match[] to take a part of it.',
			text: `scrape_configs:
  - job_name: muster
    scheme: ${protocol.replace(':', '')}
    metrics_path: ${path}/metrics
    honor_labels: true
    scrape_interval: 15s
    authorization:
      credentials: ${token}
    static_configs:
      - targets: ['${host}']`
		},
		{
			tool: 'curl',
			how: 'Any client that speaks HTTP.',
			text: `curl -H 'Authorization: Bearer ${token}' '${base}/api/v1/query?query=up'`
		}
	];
}
