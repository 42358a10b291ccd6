import { counter, gauge, level, type Exporter } from '../collect/instrument.ts';
import { containerLabels } from '../collect/labels.ts';
import { perceivedCpu } from '../signals.ts';
import { isOurs } from './process.ts';

/** What cAdvisor says of every container: CPU, throttling, memory. */
export const container: Exporter = {
	comesWith: 'every service but a vendor',
	families: [
		{
			name: 'container_cpu_usage_seconds_total',
			type: 'counter',
			help: 'CPU time used by the container.',
			unit: 'seconds'
		},
		{
			name: 'container_cpu_cfs_periods_total',
			type: 'counter',
			help: 'Scheduler periods in which it ran.',
			unit: 'periods'
		},
		{
			name: 'container_cpu_cfs_throttled_periods_total',
			type: 'counter',
			help: 'Scheduler periods in which it was held back by its CPU limit.',
			unit: 'periods'
		},
		{
			name: 'container_memory_working_set_bytes',
			type: 'gauge',
			help: 'Memory in use that cannot be reclaimed.',
			unit: 'bytes'
		},
		{ name: 'container_spec_memory_limit_bytes', type: 'gauge', help: 'Memory limit of the container.', unit: 'bytes' }
	],
	attach(site) {
		if (!isOurs(site)) return [];
		const { cpu_limit: cores, memory_limit: limit } = site.service;
		const labels = containerLabels(site, 'cadvisor');
		return [
			{
				id: 'container-cpu',
				scope: 'process',
				counts: 'living',
				alike: 'version',
				columns: [
					counter('container_cpu_usage_seconds_total', {}, 1e-6),
					counter('container_cpu_cfs_periods_total'),
					counter('container_cpu_cfs_throttled_periods_total')
				],
				labels,
				bind(truth, { version }) {
					const cpu = perceivedCpu(truth, site, { version });
					return (t, out) => {
						const used = cpu(t);
						out[0] = used * cores;
						// The scheduler hands out time every 100 ms.
						out[1] = 10;
						out[2] = 10 * throttledShare(used);
					};
				}
			},
			{
				id: 'container-memory',
				scope: 'process',
				counts: 'living',
				alike: 'pod',
				columns: [
					gauge('container_memory_working_set_bytes', {}, { noise: 0.003, grain: 4096, max: limit }),
					level('container_spec_memory_limit_bytes')
				],
				labels,
				bind(truth, { version, name }) {
					const memory = truth.metric(site.name, 'mem', { version, pod: name });
					return (t, out) => {
						out[0] = memory(t) * limit;
						out[1] = limit;
					};
				}
			}
		];
	}
};

/** Bursts reach the limit well before the mean does. */
function throttledShare(cpu: number): number {
	return Math.min(1, Math.max(0, cpu - 0.7) / 0.3) ** 1.5 + 0.002;
}
