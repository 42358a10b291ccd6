/** What the query editor asks a Prometheus for its completions, answered from the run's own metrics over the socket. */
import type { PrometheusClient } from '@prometheus-io/codemirror-promql/dist/esm/client/prometheus.js';
import type { Telemetry } from '$lib/client/telemetry.svelte.ts';

export function prometheusClient(telemetry: Pick<Telemetry, 'names' | 'labels'>): PrometheusClient {
	const known = new Map<string, Promise<Record<string, string[]>>>();
	const labelsOf = (metric: string | undefined) => {
		const key = metric ?? '';
		const found = known.get(key) ?? telemetry.labels(key === '' ? null : key);
		known.set(key, found);
		return found;
	};
	return {
		metricNames: async () => (await telemetry.names()).map(({ name }) => name),
		metricMetadata: async () =>
			Object.fromEntries((await telemetry.names()).map(({ name, type, help }) => [name, [{ type, help }]])),
		labelNames: async (metric) => Object.keys(await labelsOf(metric)),
		labelValues: async (label, metric) => (await labelsOf(metric))[label] ?? [],
		// Only asked for whether a metric exists at all.
		series: async (metric) =>
			Object.entries(await labelsOf(metric)).flatMap(([name, values]) =>
				values.map(
					(value) =>
						new Map([
							['__name__', metric],
							[name, value]
						])
				)
			),
		flags: () => Promise.resolve({})
	};
}
