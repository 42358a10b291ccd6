import type { CompiledScenario } from '../scenario/library.ts';
import type { Service } from '../scenario/scenario.schema.ts';
import { businessPanels } from './panels-business.ts';
import { ruleLimit } from './panel-limits.ts';
import { QUERIES } from './panel-queries.ts';

/** One ready-made chart. */
export interface DashboardPanel {
	id: string;
	/** Null for a panel that is about all services. */
	service: string | null;
	group: 'golden' | 'resources';
	title: string;
	unit: 'rps' | 'ratio' | 'seconds' | 'bytes' | 'count' | 'cores';
	/** PromQL over all services; the panel shows the series that have the labels of `where`. */
	query: string;
	where: Record<string, string>;
	/** Label that names a line; empty where there is one line. */
	legend: string;
	/** Where it begins to be bad, drawn dashed. */
	limit: number | null;
	/** Which way is good, where there is one. */
	better: 'low' | 'high' | null;
}

export type PanelDraft = Omit<DashboardPanel, 'id' | 'service' | 'where'> & { key: string };

/**
 * Every panel of a scenario: what customers feel and an overview, then each service by what it exports: its requests (rate,
 * errors, duration) and its resources (utilisation, saturation, errors).
 */
export function dashboardPanels(compiled: CompiledScenario): DashboardPanel[] {
	const panels: DashboardPanel[] = [...businessPanels(compiled), ...overview(compiled)].map(({ key, ...draft }) => ({
		...draft,
		id: `all-${key}`,
		service: null,
		where: {}
	}));
	for (const [name, service] of Object.entries(compiled.services)) {
		for (const { key, ...draft } of [...golden(compiled, name, service), ...resources(service)])
			panels.push({ ...draft, id: `${name}-${key}`, service: name, where: { service: name } });
	}
	return panels;
}

const panel = (
	group: DashboardPanel['group'],
	key: string,
	title: string,
	unit: DashboardPanel['unit'],
	query: string,
	rest: Partial<Pick<DashboardPanel, 'legend' | 'limit' | 'better'>> = {}
): PanelDraft => ({ group, key, title, unit, query, legend: '', limit: null, better: null, ...rest });

function overview(compiled: CompiledScenario): PanelDraft[] {
	const each = { legend: 'service' } as const;
	return [
		panel('golden', 'traffic', 'Traffic by service', 'rps', QUERIES.traffic, each),
		panel('golden', 'errors', 'Errors by service', 'ratio', QUERIES.errors, {
			...each,
			limit: ruleLimit(compiled, null, 'errors'),
			better: 'low'
		}),
		panel('golden', 'latency', 'Latency p95 by service', 'seconds', QUERIES.p95, { ...each, better: 'low' }),
		panel('golden', 'cpu', 'CPU by service, of the limit', 'ratio', QUERIES.cpu, { ...each, limit: 0.9, better: 'low' })
	];
}

function golden(compiled: CompiledScenario, name: string, service: Service): PanelDraft[] {
	const drafts: PanelDraft[] = [];
	const low = { better: 'low' } as const;
	if (service.exports.includes('http') && service.kind !== 'vendor' && service.traffic > 0) {
		drafts.push(
			panel('golden', 'traffic', 'Traffic', 'rps', QUERIES.traffic),
			panel('golden', 'errors', 'Errors', 'ratio', QUERIES.errors, {
				...low,
				limit: ruleLimit(compiled, name, 'errors')
			}),
			panel('golden', 'latency', 'Latency', 'seconds', QUERIES.latency, {
				...low,
				legend: 'quantile',
				limit: ruleLimit(compiled, name, 'latency')
			})
		);
	}
	if (service.kind !== 'vendor')
		drafts.push(panel('golden', 'cpu', 'CPU, of the limit', 'ratio', QUERIES.cpu, { ...low, limit: 0.9 }));
	if (service.exports.includes('redis'))
		drafts.push(
			panel('golden', 'commands', 'Commands', 'rps', QUERIES.redisCommands),
			panel('golden', 'command-latency', 'Commands p99', 'seconds', QUERIES.redisLatency, low)
		);
	if (service.exports.includes('postgres'))
		drafts.push(
			panel('golden', 'statements', 'Statements', 'rps', QUERIES.statements),
			panel('golden', 'statement-time', 'Mean time of a statement', 'seconds', QUERIES.statementTime, low)
		);
	if (service.exports.includes('queue'))
		drafts.push(
			panel('golden', 'queue-ready', 'Messages waiting', 'count', QUERIES.queueReady, low),
			panel('golden', 'queue-age', 'Age of the oldest message', 'seconds', QUERIES.queueAge, low)
		);
	if (service.exports.includes('kafka'))
		drafts.push(panel('golden', 'consumer-lag', 'Messages not yet read', 'count', QUERIES.consumerLag, low));
	if (service.exports.includes('dns'))
		drafts.push(
			panel('golden', 'dns-questions', 'Questions answered', 'rps', QUERIES.dnsQuestions),
			panel('golden', 'dns-errors', 'Answers that fail', 'ratio', QUERIES.dnsErrors, low),
			panel('golden', 'dns-latency', 'Answers p99', 'seconds', QUERIES.dnsLatency, low)
		);
	if (service.exports.includes('batch'))
		drafts.push(panel('golden', 'job-failures', 'Failed runs in 10 minutes', 'count', QUERIES.jobFailures, low));
	if (service.exports.includes('tls'))
		drafts.push(
			panel('golden', 'probes', 'Probes from outside that succeed', 'ratio', QUERIES.probes, {
				better: 'high',
				limit: 0.9
			})
		);
	return drafts;
}

function resources(service: Service): PanelDraft[] {
	const drafts: PanelDraft[] = [];
	const low = { better: 'low' } as const;
	const add = (key: string, title: string, unit: DashboardPanel['unit'], query: string, rest = {}) =>
		drafts.push(panel('resources', key, title, unit, query, rest));
	const exported = (what: Service['exports'][number]) => service.exports.includes(what);
	if (service.kind !== 'vendor') {
		add('memory', 'Memory by pod', 'ratio', QUERIES.memory, { ...low, legend: 'pod', limit: 0.9 });
		add('restarts', 'Restarts in 10 minutes', 'count', QUERIES.restarts, low);
		add('pods', 'Pods ready', 'count', QUERIES.podsReady, { better: 'high' });
		add('files', 'Open files, of the limit', 'ratio', QUERIES.files, { ...low, limit: 0.9 });
		add('throttled', 'CPU throttled', 'ratio', QUERIES.throttled, { ...low, limit: 0.25 });
	}
	if (exported('http') && service.kind !== 'vendor' && service.traffic > 0) {
		add('errors-by-version', 'Errors by version', 'ratio', QUERIES.errorsByVersion, { ...low, legend: 'version' });
		add('in-flight', 'Requests under way', 'count', QUERIES.inFlight, low);
	}
	if (service.runtime === 'jvm' && service.kind !== 'vendor') {
		add('heap', 'Heap of the fullest pod', 'bytes', QUERIES.heap, { ...low, limit: service.memory_limit * 0.85 });
		add('jvm-threads', 'Threads alive', 'count', QUERIES.jvmThreads, low);
		add('gc', 'Pause of the garbage collector', 'seconds', QUERIES.gcPause, low);
	}
	if (service.pool !== undefined) {
		add('pool', 'Free connections of the fullest pool', 'count', QUERIES.poolAvailable, { better: 'high', limit: 0 });
		add('pool-pending', 'Requests waiting for a connection', 'count', QUERIES.poolPending, low);
	}
	if (exported('threadpool'))
		add('threads', 'Worker threads busy', 'ratio', QUERIES.threadpool, { ...low, limit: 0.95 });
	if (exported('postgres')) {
		add('sessions', 'Sessions', 'count', QUERIES.sessions, { ...low, limit: service.max_connections ?? null });
		add('session-states', 'Sessions by state', 'count', QUERIES.sessionsByState, { legend: 'state' });
		add('locks', 'Locks waited for', 'count', QUERIES.locks, low);
		if (service.replicas > 1) add('lag', 'Replication lag', 'seconds', QUERIES.lag, low);
	}
	if (exported('mysql')) {
		add('sessions', 'Sessions', 'count', QUERIES.mysqlSessions, low);
		if (service.replicas > 1) add('lag', 'Replication lag', 'seconds', QUERIES.mysqlLag, low);
	}
	if (exported('cache')) add('hits', 'Cache hits', 'ratio', QUERIES.cacheHits, { better: 'high', limit: 0.6 });
	if (exported('redis')) {
		add('keyspace-hits', 'Reads that found their key', 'ratio', QUERIES.redisHits, { better: 'high', limit: 0.8 });
		add('redis-clients', 'Clients connected', 'count', QUERIES.redisClients, low);
		add('redis-evictions', 'Keys thrown out', 'rps', QUERIES.redisEvictions, low);
		add('redis-memory', 'Memory for data', 'bytes', QUERIES.redisMemory, { ...low, limit: service.memory_limit * 0.9 });
	}
	if (exported('tls') && service.kind !== 'vendor')
		add('retries', 'Requests tried again', 'rps', QUERIES.retries, { ...low, legend: 'upstream' });
	if (exported('node')) {
		add('disk', 'Disk used', 'ratio', QUERIES.disk, { ...low, limit: 0.95 });
		add('disk-busy', 'Disk busy', 'ratio', QUERIES.diskBusy, low);
		add('host-memory', 'Memory of the host used', 'ratio', QUERIES.hostMemory, { ...low, limit: 0.95 });
		add('host-load', 'Load of the host', 'count', QUERIES.hostLoad, low);
		add('host-drops', 'Packets dropped', 'rps', QUERIES.hostDrops, low);
	}
	return drafts;
}
