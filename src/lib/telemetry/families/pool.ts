import { baselineOf } from '../../world/index.ts';
import { gauge, level, type Exporter } from '../collect/instrument.ts';
import { processLabels } from '../collect/labels.ts';

/** Pool of database connections that each pod of a service holds. */
export const pool: Exporter = {
	comesWith: 'a `pool`',
	families: [
		{
			name: 'database_connection_pool_available',
			type: 'gauge',
			help: 'Connections of the pool that are free.',
			unit: 'connections'
		},
		{ name: 'database_connection_pool_max', type: 'gauge', help: 'Size of the pool.', unit: 'connections' },
		{
			name: 'database_connection_pool_pending',
			type: 'gauge',
			help: 'Requests that wait for a connection.',
			unit: 'requests'
		}
	],
	attach(site) {
		const spec = site.service.pool;
		if (spec === undefined) return [];
		return [
			{
				id: 'pool',
				scope: 'process',
				counts: 'living',
				alike: 'version',
				columns: [
					gauge('database_connection_pool_available', { pool: spec.name }, { noise: 0.1, grain: 1 }),
					level('database_connection_pool_max', { pool: spec.name }),
					gauge('database_connection_pool_pending', { pool: spec.name }, { noise: 0.08, grain: 1 })
				],
				labels: processLabels(site),
				bind(truth, { version }) {
					const available = truth.metric(site.name, 'pool_avail', { version });
					const size = truth.metric(site.name, 'pool_size', { version });
					const requests = truth.requests(site.name);
					const latency = truth.metric(site.name, 'latency', { version });
					const quiet = baselineOf(truth.world, site.name, 'latency');
					return (t, out, share) => {
						const max = Math.max(Math.round(size(t)) || spec.size, 1);
						const free = Math.min(max, available(t));
						out[0] = free < 0.5 ? 0 : free;
						out[1] = max;
						// Who finds the pool empty waits as long as answers now take longer than usual.
						const scarcity = Math.max(0, 1 - free / (max * 0.06));
						const waitS = Math.min(5, Math.max(0.05, (latency(t) - quiet) / 1000));
						out[2] = scarcity * requests(t) * share * waitS;
					};
				}
			}
		];
	}
};
