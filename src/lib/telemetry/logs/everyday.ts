import type { LogLineSpec, Service } from '../../scenario/scenario.schema.ts';

type Words = Pick<LogLineSpec, 'level' | 'message'> & { fields?: Record<string, string>; per_minute: number };

/** What services of a kind mutter on any day. None of it means anything. */
const BY_KIND: Record<Service['kind'], readonly Words[]> = {
	api: [
		{ level: 'info', message: 'feature flags refreshed, {n} rules', per_minute: 2 },
		{ level: 'debug', message: 'connection to {host} reused', per_minute: 3 },
		{ level: 'warn', message: 'client {address} closed the connection before the answer', per_minute: 1.5 },
		{ level: 'warn', message: 'deprecated parameter "page_token" used by {customer}', per_minute: 0.7 }
	],
	network: [
		{ level: 'info', message: 'health check of all upstreams passed', per_minute: 4 },
		{ level: 'warn', message: 'TLS handshake with {address} not completed', per_minute: 2 },
		{ level: 'debug', message: 'keep-alive to {host} expired', per_minute: 3 }
	],
	db: [
		{
			level: 'info',
			message: 'checkpoint complete: wrote {n} buffers',
			fields: { 'db.system.name': 'postgresql' },
			per_minute: 0.5
		},
		{
			level: 'info',
			message: 'automatic vacuum of table "public.audit_log": removed {n} rows',
			fields: { 'db.system.name': 'postgresql' },
			per_minute: 0.6
		},
		{
			level: 'warn',
			message: 'duration: {ms}0 ms  statement: SELECT * FROM report_rows WHERE tenant = $1',
			fields: { 'db.system.name': 'postgresql', 'db.query.text': 'SELECT * FROM report_rows WHERE tenant = $1' },
			per_minute: 0.4
		}
	],
	cache: [
		{
			level: 'info',
			message: 'background saving finished, {n} changes',
			fields: { 'db.system.name': 'redis' },
			per_minute: 0.5
		},
		{ level: 'debug', message: 'accepted connection from {host}', per_minute: 1.5 }
	],
	queue: [
		{ level: 'info', message: 'segment {n} rolled', per_minute: 1 },
		{ level: 'debug', message: 'consumer on {host} joined, partitions rebalanced', per_minute: 0.3 }
	],
	storage: [{ level: 'info', message: 'compaction of shard {n} finished', per_minute: 0.7 }],
	job: [
		{ level: 'info', message: 'batch of {n} items done in {ms} ms', per_minute: 6 },
		{ level: 'warn', message: 'item of {customer} skipped: nothing to do', per_minute: 0.8 }
	],
	control: [
		{ level: 'info', message: 'reconciled {n} objects', per_minute: 3 },
		{ level: 'debug', message: 'lease renewed by {host}', per_minute: 3 }
	],
	observability: [{ level: 'info', message: 'block of {n} series written', per_minute: 0.5 }],
	vendor: []
};

/** The everyday lines of a service as specifications of steady lines. */
export function everydayLines(name: string, service: Service): LogLineSpec[] {
	return BY_KIND[service.kind].map((words) => ({ service: name, stack: [], fields: {}, ...words }));
}
