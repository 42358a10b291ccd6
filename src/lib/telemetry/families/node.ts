import { counter, gauge, level, type Exporter } from '../collect/instrument.ts';
import { hostLabels } from '../collect/labels.ts';

export const CORES = 16;
const GIB = 1024 ** 3;
export const MEMORY_BYTES = 64 * GIB;
export const ROOT_BYTES = 100 * GIB;
export const DATA_BYTES = 1000 * GIB;
const MODES = ['idle', 'user', 'system', 'iowait'] as const;

/** What the node exporter says of the hosts that a service runs on, one host per pod. */
export const node: Exporter = {
	comesWith: '`exports: [node]`',
	families: [
		{
			name: 'node_cpu_seconds_total',
			type: 'counter',
			help: 'Time that the processors spent in each mode.',
			unit: 'seconds'
		},
		{ name: 'node_load1', type: 'gauge', help: 'Processes that run or want to, mean of a minute.', unit: '' },
		{ name: 'node_memory_MemTotal_bytes', type: 'gauge', help: 'Memory of the host.', unit: 'bytes' },
		{
			name: 'node_memory_MemAvailable_bytes',
			type: 'gauge',
			help: 'Memory that can be had without swapping.',
			unit: 'bytes'
		},
		{ name: 'node_filesystem_avail_bytes', type: 'gauge', help: 'Room left on a file system.', unit: 'bytes' },
		{ name: 'node_filesystem_size_bytes', type: 'gauge', help: 'Size of a file system.', unit: 'bytes' },
		{
			name: 'node_disk_io_time_seconds_total',
			type: 'counter',
			help: 'Time in which a disk was busy.',
			unit: 'seconds'
		},
		{
			name: 'node_network_receive_drop_total',
			type: 'counter',
			help: 'Packets that were dropped on arrival.',
			unit: 'packets'
		},
		{ name: 'node_timex_offset_seconds', type: 'gauge', help: 'How far the clock is off.', unit: 'seconds' },
		{
			name: 'kube_node_status_condition',
			type: 'gauge',
			help: 'Condition of a node: 1 for the status that holds.',
			unit: ''
		}
	],
	attach(site) {
		if (!site.service.exports.includes('node')) return [];
		return [
			{
				id: 'node',
				scope: 'pod',
				counts: 'living',
				alike: 'pod',
				columns: [
					...MODES.map((mode) => counter('node_cpu_seconds_total', { mode }, 0.01)),
					gauge('node_load1', {}, { noise: 0.1, grain: 0.01 }),
					level('node_memory_MemTotal_bytes'),
					gauge('node_memory_MemAvailable_bytes', {}, { noise: 0.004, grain: 4096, max: MEMORY_BYTES }),
					gauge('node_filesystem_avail_bytes', { mountpoint: '/' }, { noise: 0.0005, grain: 4096 }),
					gauge('node_filesystem_avail_bytes', { mountpoint: '/var' }, { noise: 0.0005, grain: 4096, max: DATA_BYTES }),
					level('node_filesystem_size_bytes', { mountpoint: '/' }),
					level('node_filesystem_size_bytes', { mountpoint: '/var' }),
					counter('node_disk_io_time_seconds_total', { device: 'nvme0n1' }, 0.001),
					counter('node_network_receive_drop_total', { device: 'eth0' }),
					gauge('node_timex_offset_seconds', {}, { noise: 0.5 }),
					level('kube_node_status_condition', { condition: 'Ready', status: 'true' })
				],
				labels: hostLabels(site, 'node'),
				bind(truth, { version, name }) {
					const cpu = truth.metric(site.name, 'cpu', { version });
					const memory = truth.metric(site.name, 'mem', { version, pod: name });
					const disk = truth.metric(site.name, 'disk');
					const busy = truth.metric(site.name, 'disk_io');
					const loss = truth.metric(site.name, 'pkt_loss');
					const clock = truth.metric(site.name, 'clock_offset');
					const up = truth.metric(site.name, 'up');
					return (t, out) => {
						const used = cpu(t);
						const waiting = Math.min(0.3, busy(t) * 0.12) * (1 - used);
						out[0] = CORES * Math.max(0, 1 - used - waiting);
						out[1] = CORES * used * 0.78;
						out[2] = CORES * used * 0.22;
						out[3] = CORES * waiting;
						out[4] = CORES * (used + busy(t) * 0.2) * (1 + 4 * Math.max(0, used - 0.9));
						out[5] = MEMORY_BYTES;
						out[6] = MEMORY_BYTES * (1 - memory(t));
						out[7] = ROOT_BYTES * 0.61;
						out[8] = DATA_BYTES * (1 - disk(t));
						out[9] = ROOT_BYTES;
						out[10] = DATA_BYTES;
						out[11] = busy(t);
						out[12] = 0.01 + loss(t) * 40_000;
						out[13] = 0.0004 + clock(t) / 1000;
						out[14] = up(t) >= 0.5 ? 1 : 0;
					};
				}
			}
		];
	}
};
