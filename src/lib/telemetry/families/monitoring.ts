import { counter, gauge, type Exporter } from '../collect/instrument.ts';

/** What the monitoring says of itself. It watches everything and belongs to no service, unless one is named for it. */

const USUAL_SERIES = 1_200_000;

export const monitoring: Exporter = {
	comesWith: 'every system',
	families: [
		{
			name: 'prometheus_tsdb_head_series',
			type: 'gauge',
			help: 'Series that Prometheus holds in memory.',
			unit: 'series'
		},
		{
			name: 'prometheus_rule_evaluation_failures_total',
			type: 'counter',
			help: 'Rules that could not be evaluated.',
			unit: 'evaluations'
		},
		{
			name: 'alertmanager_notifications_failed_total',
			type: 'counter',
			help: 'Notifications that could not be delivered.',
			unit: 'notifications'
		}
	],
	attach(site) {
		const names = Object.keys(site.compiled.services);
		const home = names.find((name) => /^prometheus/.test(name)) ?? names[0];
		if (site.name !== home) return [];
		const own = /^prometheus/.test(site.name);
		const region = site.compiled.topology.region;
		return [
			{
				id: 'monitoring',
				scope: 'service',
				counts: 'living',
				alike: 'version',
				columns: [
					gauge('prometheus_tsdb_head_series', {}, { noise: 0.001, grain: 1 }),
					counter('prometheus_rule_evaluation_failures_total'),
					counter('alertmanager_notifications_failed_total')
				],
				labels: () => ({
					job: own ? site.name : 'prometheus',
					instance: 'prometheus-0',
					namespace: 'monitoring',
					region,
					...(own ? { service: site.name } : {})
				}),
				bind(truth) {
					const series = truth.metric(site.name, 'head_series');
					const failures = truth.metric(site.name, 'rule_failures');
					const undelivered = truth.metric(site.name, 'notifications_failed');
					return (t, out) => {
						out[0] = own && series(t) > 0 ? series(t) : USUAL_SERIES;
						out[1] = own ? failures(t) : 0;
						out[2] = own ? undelivered(t) : 0;
					};
				}
			}
		];
	}
};
