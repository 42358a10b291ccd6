import { gauge, level, type Exporter } from '../collect/instrument.ts';
import { hostLabels } from '../collect/labels.ts';

/** What the MySQL exporter says of a database server. The first pod is the primary, the others follow it. */
export const mysql: Exporter = {
	comesWith: '`exports: [mysql]`',
	families: [
		{ name: 'mysql_up', type: 'gauge', help: 'Whether the server could be reached.', unit: '' },
		{ name: 'mysql_global_status_threads_connected', type: 'gauge', help: 'Sessions connected.', unit: 'connections' },
		{
			name: 'mysql_slave_status_slave_sql_running',
			type: 'gauge',
			help: 'Whether a replica applies what it receives.',
			unit: ''
		},
		{
			name: 'mysql_slave_status_seconds_behind_master',
			type: 'gauge',
			help: 'How far a replica is behind.',
			unit: 'seconds'
		}
	],
	attach(site) {
		if (!site.service.exports.includes('mysql')) return [];
		return [
			{
				id: 'mysql',
				scope: 'pod',
				counts: 'living',
				alike: 'pod',
				columns: [
					level('mysql_up'),
					gauge('mysql_global_status_threads_connected', {}, { noise: 0.02, grain: 1 }),
					level('mysql_slave_status_slave_sql_running'),
					gauge('mysql_slave_status_seconds_behind_master', {}, { noise: 0.1 })
				],
				labels: hostLabels(site, 'mysql'),
				bind(truth, { index }) {
					const up = truth.metric(site.name, 'up');
					const sessions = truth.metric(site.name, 'conns');
					const stopped = truth.metric(site.name, 'replication_stopped');
					const lag = truth.metric(site.name, 'lag');
					return (t, out) => {
						out[0] = up(t) >= 0.5 ? 1 : 0;
						out[1] = sessions(t) * (index === 0 ? 1 : 0.25);
						out[2] = index > 0 && stopped(t) >= 0.5 ? 0 : 1;
						out[3] = index === 0 ? 0 : lag(t) / 1000;
					};
				}
			}
		];
	}
};
