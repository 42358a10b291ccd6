import { baselineOf } from '../../world/index.ts';
import { counter, gauge, level, type Exporter, type Site } from '../collect/instrument.ts';
import { hostLabels, stem } from '../collect/labels.ts';
import { signalsOf } from '../signals.ts';
import type { Truth } from '../truth-view.ts';

export const USUAL_MAX_CONNECTIONS = 500;
/** Sessions of a quiet day by state; what a scenario leaves idle in a transaction is its metric `idle_in_transaction`. */
const ACTIVE = 0.12;
const IDLE_IN_TRANSACTION = 0.03;
/** A statement's mean time as a part of the 95th percentile. */
const MEAN_OF_P95 = 0.4;

/** What a server's own views say at a moment, without the noise of an exporter: sessions by state, locks, statements. */
export function postgresFacts(truth: Truth, site: Pick<Site, 'name' | 'service'>, tMs: number) {
	const metric = (name: string) => truth.metric(site.name, name)(tMs);
	const signals = signalsOf(truth, site.name, {});
	const max = site.service.max_connections ?? USUAL_MAX_CONNECTIONS;
	const connected = Math.min(max, metric('conns'));
	const slower = Math.max(1, signals.latency(tMs) / baselineOf(truth.world, site.name, 'latency'));
	const held = Math.min(0.9, Math.max(metric('idle_in_transaction'), IDLE_IN_TRANSACTION));
	return {
		up: metric('up') >= 0.5,
		max,
		connected,
		held: connected * held,
		active: connected * Math.min(1 - held, ACTIVE * Math.min(6, slower)),
		locks: metric('locks_waiting'),
		/** Statements per second, and how long one takes on the mean. */
		calls: signals.requests(tMs),
		meanMs: signals.latency(tMs) * MEAN_OF_P95
	};
}

/** What the postgres exporter says of a database server. The first pod is the primary, the others follow it. */
export const postgres: Exporter = {
	comesWith: '`exports: [postgres]`',
	families: [
		{ name: 'pg_up', type: 'gauge', help: 'Whether the server could be reached.', unit: '' },
		{
			name: 'pg_stat_database_numbackends',
			type: 'gauge',
			help: 'Sessions connected to a database.',
			unit: 'connections'
		},
		{ name: 'pg_stat_activity_count', type: 'gauge', help: 'Sessions by state.', unit: 'connections' },
		{ name: 'pg_locks_waiting', type: 'gauge', help: 'Locks that somebody waits for.', unit: 'locks' },
		{ name: 'pg_stat_statements_seconds_total', type: 'counter', help: 'Time spent in statements.', unit: 'seconds' },
		{ name: 'pg_stat_statements_calls_total', type: 'counter', help: 'Statements carried out.', unit: 'statements' },
		{ name: 'pg_replication_lag_seconds', type: 'gauge', help: 'How far a replica is behind.', unit: 'seconds' },
		{
			name: 'pg_settings_max_connections',
			type: 'gauge',
			help: 'Most sessions the server admits.',
			unit: 'connections'
		}
	],
	attach(site) {
		if (!site.service.exports.includes('postgres')) return [];
		const max = site.service.max_connections ?? USUAL_MAX_CONNECTIONS;
		const datname = stem(site.name);
		const replica = /replica/.test(site.name);
		const base = hostLabels(site, 'postgres');
		return [
			{
				id: 'postgres',
				scope: 'pod',
				counts: 'living',
				alike: 'pod',
				columns: [
					level('pg_up'),
					gauge('pg_stat_database_numbackends', { datname }, { noise: 0.01, grain: 1, max }),
					gauge('pg_stat_activity_count', { datname, state: 'active' }, { noise: 0.06, grain: 1 }),
					gauge('pg_stat_activity_count', { datname, state: 'idle' }, { noise: 0.02, grain: 1 }),
					gauge('pg_stat_activity_count', { datname, state: 'idle in transaction' }, { noise: 0.03, grain: 1 }),
					gauge('pg_locks_waiting', { datname }, { noise: 0.1, grain: 1 }),
					counter('pg_stat_statements_seconds_total', { datname }, 1e-3),
					counter('pg_stat_statements_calls_total', { datname }),
					gauge('pg_replication_lag_seconds', {}, { noise: 0.15 }),
					level('pg_settings_max_connections')
				],
				labels: (subject) => ({ ...base(subject), role: subject.index === 0 && !replica ? 'primary' : 'replica' }),
				bind(truth, { index }) {
					const signals = signalsOf(truth, site.name, {});
					const up = truth.metric(site.name, 'up');
					const sessions = truth.metric(site.name, 'conns');
					const stuck = truth.metric(site.name, 'idle_in_transaction');
					const locks = truth.metric(site.name, 'locks_waiting');
					const lag = truth.metric(site.name, 'lag');
					const quiet = baselineOf(truth.world, site.name, 'latency');
					// Followers serve some of the reads.
					const part = index === 0 ? 1 : 0.25;
					return (t, out) => {
						const connected = Math.min(max, sessions(t)) * part;
						const slower = Math.max(1, signals.latency(t) / quiet);
						const held = Math.min(0.9, Math.max(stuck(t), IDLE_IN_TRANSACTION));
						const active = Math.min(1 - held, ACTIVE * Math.min(6, slower));
						const calls = signals.requests(t) * part;
						out[0] = up(t) >= 0.5 ? 1 : 0;
						out[1] = connected;
						out[2] = connected * active;
						out[3] = connected * Math.max(0, 1 - held - active);
						out[4] = connected * held;
						out[5] = locks(t);
						out[6] = (calls * signals.latency(t) * MEAN_OF_P95) / 1000;
						out[7] = calls;
						out[8] = index === 0 && !replica ? 0 : lag(t) / 1000;
						out[9] = max;
					};
				}
			}
		];
	}
};
