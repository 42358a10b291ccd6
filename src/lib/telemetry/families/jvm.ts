import { counter, gauge, type Exporter } from '../collect/instrument.ts';
import { processLabels } from '../collect/labels.ts';

/** What a Java virtual machine says of its memory, its collector and its threads. */
export const jvm: Exporter = {
	comesWith: '`runtime: jvm`',
	families: [
		{ name: 'jvm_memory_used_bytes', type: 'gauge', help: 'Memory used, by area.', unit: 'bytes' },
		{ name: 'jvm_memory_max_bytes', type: 'gauge', help: 'Most memory that may be used, by area.', unit: 'bytes' },
		{ name: 'jvm_gc_pause_seconds', type: 'histogram', help: 'Pauses of the garbage collector.', unit: 'seconds' },
		{ name: 'jvm_threads_live_threads', type: 'gauge', help: 'Threads alive.', unit: 'threads' }
	],
	attach(site) {
		if (site.service.runtime !== 'jvm' || site.service.kind === 'vendor') return [];
		const limit = site.service.memory_limit;
		return [
			{
				id: 'jvm',
				scope: 'process',
				counts: 'living',
				alike: 'pod',
				columns: [
					gauge('jvm_memory_used_bytes', { area: 'heap' }, { noise: 0.01, grain: 8, max: limit * HEAP }),
					gauge('jvm_memory_used_bytes', { area: 'nonheap' }, { noise: 0.002, grain: 8 }),
					gauge('jvm_memory_max_bytes', { area: 'heap' }, { noise: 0, grain: 8 }),
					gauge('jvm_threads_live_threads', {}, { noise: 0.02, grain: 1 })
				],
				labels: processLabels(site),
				bind(truth, { version, name }) {
					const memory = truth.metric(site.name, 'mem', { version, pod: name });
					const threads = truth.metric(site.name, 'threads', { version });
					return (t, out) => {
						const used = memory(t);
						out[0] = Math.max(0.05, used - OUTSIDE_HEAP) * limit * (HEAP / (1 - OUTSIDE_HEAP));
						out[1] = OUTSIDE_HEAP * limit * 0.8;
						out[2] = limit * HEAP;
						out[3] = threads(t);
					};
				}
			},
			{
				id: 'jvm-gc',
				scope: 'process',
				counts: 'living',
				alike: 'pod',
				columns: [counter('jvm_gc_pause_seconds_count'), counter('jvm_gc_pause_seconds_sum', {}, 1e-6)],
				labels: processLabels(site),
				bind(truth, { version, name }) {
					const memory = truth.metric(site.name, 'mem', { version, pod: name });
					const pause = truth.metric(site.name, 'gc_pause', { version, pod: name });
					return (t, out) => {
						// The less room there is, the more often it collects.
						const collections = 0.12 + 1.6 * Math.max(0, memory(t) - 0.7);
						out[0] = collections;
						out[1] = (collections * pause(t)) / 1000;
					};
				}
			}
		];
	}
};

const HEAP = 0.85;
/** Part of a container's memory that is not heap. */
const OUTSIDE_HEAP = 0.12;
