import { counter, gauge, level, type Exporter } from '../collect/instrument.ts';
import { hostLabels } from '../collect/labels.ts';
import { shareBelow, successOf, meanOf } from '../shapes/durations.ts';
import { signalsOf } from '../signals.ts';

const BOUNDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];
const LOG_BOUNDS = BOUNDS.map((bound) => Math.log(bound));
const LAST = BOUNDS.length;

/** What the redis exporter says of a cache server. */
export const redis: Exporter = {
	comesWith: '`exports: [redis]`',
	families: [
		{ name: 'redis_up', type: 'gauge', help: 'Whether the server could be reached.', unit: '' },
		{ name: 'redis_connected_clients', type: 'gauge', help: 'Clients connected.', unit: 'connections' },
		{ name: 'redis_memory_used_bytes', type: 'gauge', help: 'Memory used for data.', unit: 'bytes' },
		{ name: 'redis_memory_max_bytes', type: 'gauge', help: 'Most memory that may be used.', unit: 'bytes' },
		{ name: 'redis_evicted_keys_total', type: 'counter', help: 'Keys thrown out to make room.', unit: 'keys' },
		{ name: 'redis_keyspace_hits_total', type: 'counter', help: 'Reads that found their key.', unit: 'reads' },
		{ name: 'redis_keyspace_misses_total', type: 'counter', help: 'Reads that did not find their key.', unit: 'reads' },
		{ name: 'redis_command_duration_seconds', type: 'histogram', help: 'Time that commands take.', unit: 'seconds' }
	],
	attach(site) {
		if (!site.service.exports.includes('redis')) return [];
		const limit = site.service.memory_limit;
		const duration = 'redis_command_duration_seconds';
		return [
			{
				id: 'redis',
				scope: 'pod',
				counts: 'living',
				alike: 'pod',
				columns: [
					level('redis_up'),
					gauge('redis_connected_clients', {}, { noise: 0.02, grain: 1 }),
					gauge('redis_memory_used_bytes', {}, { noise: 0.002, grain: 8, max: limit }),
					gauge('redis_memory_max_bytes', {}, { noise: 0, grain: 8 }),
					counter('redis_evicted_keys_total'),
					counter('redis_keyspace_hits_total'),
					counter('redis_keyspace_misses_total'),
					...[...BOUNDS.map(String), '+Inf'].map((le) => counter(`${duration}_bucket`, { le })),
					counter(`${duration}_sum`, {}, 1e-6),
					{ ...counter(`${duration}_count`), sameAs: 7 + LAST }
				],
				labels: hostLabels(site, 'redis'),
				bind(truth, { name, version }) {
					const signals = signalsOf(truth, site.name, {});
					const up = truth.metric(site.name, 'up');
					const clients = truth.metric(site.name, 'conns');
					const memory = truth.metric(site.name, 'mem', { version, pod: name });
					const hits = truth.metric(site.name, 'hit_ratio');
					return (t, out, share) => {
						const rate = signals.requests(t) * share;
						const ratio = Math.min(1, hits(t));
						const used = memory(t);
						const durations = successOf(signals.latency(t));
						out[0] = up(t) >= 0.5 ? 1 : 0;
						out[1] = clients(t);
						out[2] = used * limit * 0.9;
						out[3] = limit * 0.9;
						out[4] = rate * 0.02 * Math.max(0, used - 0.85) * 6;
						out[5] = rate * ratio;
						out[6] = rate * (1 - ratio);
						for (let b = 0; b < LAST; b += 1) out[7 + b] = rate * shareBelow(durations, LOG_BOUNDS[b] ?? 0);
						out[7 + LAST] = rate;
						out[8 + LAST] = rate * meanOf(durations);
					};
				}
			}
		];
	}
};
