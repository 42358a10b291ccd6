import { keyed, keyedHash } from '../../world/index.ts';
import type { CompiledScenario } from '../../scenario/library.ts';
import { routesOf } from '../families/http.ts';
import { postgresFacts, USUAL_MAX_CONNECTIONS } from '../families/postgres.ts';
import { stem } from '../collect/labels.ts';
import { statementOf } from '../traces/queries.ts';
import { podsOf, serviceIn, truthOf, workloads } from './cluster.ts';
import { psqlTable } from './table.ts';
import { interval, utc } from './times.ts';
import { look, SECOND, wrong, type Program, type Reading, type ShellView } from './types.ts';
import { readArgs } from './words.ts';

/** psql on the views that responders use, in the usual shapes of a question: columns, where, group by, order by, limit. */

const VALUED = new Set(['-h', '--host', '-d', '--dbname', '-U', '--username', '-p', '--port', '-c', '--command', '-f']);
const SHOWN = 30;
const VIEWS = [
	'pg_stat_activity',
	'pg_stat_statements',
	'pg_locks',
	'pg_stat_replication',
	'pg_stat_database'
] as const;
type View = (typeof VIEWS)[number];

interface Table {
	/** Columns in the order of `select *`. */
	columns: string[];
	numbers: string[];
	rows: Record<string, string>[];
	/** Ages in milliseconds by column, for max(now() - xact_start). */
	ages: Record<string, (number | null)[]>;
	/** Rows that stand behind those made. */
	total: number;
}

export const psql: Program = {
	examples: (compiled) => {
		const db = databasesOf(compiled)[0];
		return db === undefined
			? []
			: [
					`psql ${db} -c "select state, count(*) from pg_stat_activity group by state"`,
					`psql ${db} -c "select * from pg_stat_activity where state <> 'idle' order by xact_start limit 20"`,
					`psql ${db} -c "select query, calls, mean_exec_time from pg_stat_statements order by mean_exec_time desc limit 10"`,
					`psql ${db} -c "select * from pg_locks where not granted"`,
					`psql ${db} -c "select * from pg_stat_replication"`
				];
	},
	read(words, compiled) {
		const all = databasesOf(compiled);
		const args = readArgs(words, VALUED);
		const [first = '', ...more] = args.rest;
		// `psql main-db: select …` as the shipped diagnostics are written, and psql's own `-h main-db -c "…"`.
		const colon = first.endsWith(':');
		const named =
			args.flags.get('-h') ??
			args.flags.get('--host') ??
			args.flags.get('-d') ??
			args.flags.get('--dbname') ??
			(colon ? first.slice(0, -1) : first);
		const sql = (args.flags.get('-c') ?? args.flags.get('--command') ?? more.join(' ')).trim();
		const known = all.find((name) => name === named || stem(name) === named);
		const db = known ?? (named === '' && all.length === 1 ? all[0] : undefined);
		if (db === undefined) {
			if (all.length === 0) return wrong('psql: there is no PostgreSQL server in this system.');
			return wrong(
				named === ''
					? `psql: say which server: ${all.join(', ')}.`
					: `psql: error: could not translate host name "${named}" to address: Name or service not known. There are ${all.join(', ')}.`,
				psql.examples(compiled).slice(0, 2)
			);
		}
		return readSql(db, sql, compiled);
	},
	next: (before, view) =>
		before.length === 0
			? databasesOf(view.world.compiled)
			: before.length === 1
				? psql.examples(view.world.compiled).map((line) => line.slice(line.indexOf('-c')))
				: []
};

export function databasesOf(compiled: CompiledScenario): string[] {
	return workloads(compiled).filter((name) => compiled.services[name]?.exports.includes('postgres'));
}

function readSql(db: string, given: string, compiled: CompiledScenario): Reading {
	const sql = given.replace(/;\s*$/, '').replace(/\s+/g, ' ').trim();
	const lower = sql.toLowerCase();
	// Quotes are lost where a statement stands bare behind the server's name.
	const canonical = `psql ${db}: ${lower.replace(/'/g, '')}`;
	if (sql === '') return wrong('Give the statement with -c "…".', psql.examples(compiled).slice(0, 3));
	if (
		/^(update|delete|insert|drop|truncate|alter|create|vacuum|analyze|reindex|set |cancel|kill)/.test(lower) ||
		/pg_(terminate|cancel)_backend|pg_promote|pg_reload_conf/.test(lower)
	)
		return { type: 'change', canonical, subject: db };
	const setting = /^show (\w+)$/.exec(lower)?.[1];
	if (setting !== undefined) return look(canonical, 'sql', (view) => show(view, db, setting));
	if (/^select (now\(\)|current_timestamp)$/.test(lower))
		return look(canonical, 'sql', (view) =>
			psqlTable(['now'], [[utc(view, view.nowMs).replace('T', ' ').replace('Z', '+00')]], new Set())
		);
	if (/^select 1$/.test(lower))
		return look(canonical, 'sql', (view) =>
			guarded(view, db, () => psqlTable(['?column?'], [['1']], new Set(['?column?'])))
		);
	if (/^select version\(\)$/.test(lower))
		return look(canonical, 'sql', (view) =>
			psqlTable(['version'], [[`PostgreSQL ${serviceIn(view, db).version} on x86_64-pc-linux-gnu`]], new Set())
		);
	if (/^select pg_is_in_recovery\(\)$/.test(lower))
		return look(canonical, 'sql', () =>
			psqlTable(['pg_is_in_recovery'], [[/replica/.test(db) ? 't' : 'f']], new Set())
		);
	const table = VIEWS.find((name) => new RegExp(`from ${name}\\b`).test(lower));
	if (table === undefined) {
		return wrong(
			`Of ${db} one can read here: ${VIEWS.join(', ')}, and settings with show. Tables of customers are not open to on-call.`,
			psql.examples(compiled).slice(0, 3)
		);
	}
	const query = readSelect(sql, table);
	if ('message' in query) return wrong(query.message, psql.examples(compiled).slice(0, 3));
	const print = (view: ShellView) => guarded(view, db, () => answer(view, db, query));
	return look(canonical, 'sql', print, 2 * SECOND, `psql ${db} ${table}`);
}

/** A server that is down, or full, does not answer. */
function guarded(view: ShellView, db: string, print: () => string): string {
	const { connected, max, up } = factsOf(view, db);
	if (!up) return `psql: error: connection to server at "${db}", port 5432 failed: Connection refused`;
	if (connected >= max)
		return `psql: error: connection to server at "${db}", port 5432 failed: FATAL:  sorry, too many clients already`;
	return print();
}

function factsOf(view: ShellView, db: string) {
	return postgresFacts(truthOf(view), { name: db, service: serviceIn(view, db) }, view.nowMs);
}

interface Select {
	table: View;
	/** Empty for `*`. */
	columns: string[];
	where: ((row: Record<string, string>) => boolean)[];
	groupBy: string[];
	orderBy: string | null;
	descending: boolean;
	limit: number | null;
}

function readSelect(sql: string, table: View): Select | { message: string } {
	const match =
		/^select (.+?) from \w+(?: \w)?(?: where (.+?))?(?: group by (.+?))?(?: order by (.+?))?(?: limit (\d+))?$/i.exec(
			sql
		);
	if (match === null)
		return {
			message: 'That shape of a question is not read here: select … from one view, where, group by, order by, limit.'
		};
	const [, list = '*', condition, group, order, limit] = match;
	const columns = list.trim() === '*' ? [] : splitColumns(list);
	const where: Select['where'] = [];
	for (const part of condition === undefined ? [] : condition.split(/ and /i)) {
		const test = conditionOf(part.trim());
		if (test === null)
			return {
				message: `The condition "${part.trim()}" is not read here: column = 'value', <>, like, in (…), is null, not granted.`
			};
		where.push(test);
	}
	const groupBy = (group ?? '')
		.split(',')
		.map((name) => name.trim().toLowerCase())
		.filter((name) => name !== '')
		.map((name) => (/^\d+$/.test(name) ? (columns[Number(name) - 1] ?? name).toLowerCase() : name));
	const orderBy =
		order === undefined
			? null
			: order
					.replace(/ (asc|desc)( nulls (first|last))?$/i, '')
					.trim()
					.toLowerCase();
	return {
		table,
		columns,
		where,
		groupBy,
		orderBy,
		descending: / desc/i.test(order ?? ''),
		limit: limit === undefined ? null : Number(limit)
	};
}

function splitColumns(list: string): string[] {
	const found: string[] = [];
	let depth = 0;
	let word = '';
	for (const letter of list) {
		if (letter === '(') depth += 1;
		if (letter === ')') depth -= 1;
		if (letter === ',' && depth === 0) {
			found.push(word.trim());
			word = '';
		} else word += letter;
	}
	return [...found, word.trim()];
}

function conditionOf(text: string): Select['where'][number] | null {
	if (/^not granted$/i.test(text) || /^granted\s*=\s*(false|'f')$/i.test(text)) return (row) => row.granted === 'f';
	if (/^granted$/i.test(text)) return (row) => row.granted === 't';
	// One's own session is not shown anyway.
	if (/^pid\s*(<>|!=)\s*pg_backend_pid\(\)$/i.test(text)) return () => true;
	const isNull = /^(\w+) is (not )?null$/i.exec(text);
	if (isNull !== null) {
		const [, name = '', not] = isNull;
		return (row) => ((row[name.toLowerCase()] ?? '') === '') === (not === undefined);
	}
	const inList = /^(\w+) (not )?in \((.+)\)$/i.exec(text);
	if (inList !== null) {
		const [, name = '', not, list = ''] = inList;
		const values = list.split(',').map((each) => each.trim().replace(/^'|'$/g, ''));
		return (row) => values.includes(row[name.toLowerCase()] ?? '') === (not === undefined);
	}
	const match = /^(\w+)\s*(=|<>|!=|i?like|not i?like)\s*'?([^']*)'?$/i.exec(text);
	if (match === null) return null;
	const [, name = '', operator = '=', value = ''] = match;
	const column = name.toLowerCase();
	if (/like/i.test(operator)) {
		const needle = value.replace(/%/g, '').toLowerCase();
		const not = /^not/i.test(operator);
		return (row) => (row[column] ?? '').toLowerCase().includes(needle) !== not;
	}
	return (row) => (row[column] === value) === (operator === '=');
}

function answer(view: ShellView, db: string, query: Select): string {
	const table = TABLES[query.table](view, db);
	const kept = table.rows.map((row, i) => ({ row, i })).filter(({ row }) => query.where.every((test) => test(row)));
	const aggregate =
		query.groupBy.length > 0 || query.columns.some((column) => /^(count|max|min|sum|avg)\(/i.test(column));
	if (aggregate) return grouped(table, query, kept);
	const columns = query.columns.length === 0 ? table.columns : query.columns.map(nameOf);
	const unknown = columns.find((column) => !table.columns.includes(column) && !AGES.test(column));
	if (unknown !== undefined) return `ERROR:  column "${unknown}" does not exist`;
	const by = query.orderBy === null ? null : nameOf(query.orderBy);
	if (by !== null) {
		const number = table.numbers.includes(by);
		kept.sort((a, b) => {
			const [left, right] = [a.row[by] ?? '', b.row[by] ?? ''];
			const order = number ? Number(left) - Number(right) : left < right ? -1 : left > right ? 1 : 0;
			return query.descending ? -order : order;
		});
	}
	const most = Math.min(query.limit ?? SHOWN, 100);
	const shown = kept.slice(0, most);
	const rows = shown.map(({ row, i }) => columns.map((column) => ageOf(table, column, i) ?? row[column] ?? ''));
	const left = kept.length - shown.length;
	const note = left > 0 && query.limit === null ? `\n-- ${left} more rows: ask with where, group by or limit` : '';
	return psqlTable(columns, rows, new Set(table.numbers)) + note;
}

const AGES = /^(?:now\(\)|clock_timestamp\(\)|current_timestamp)\s*-\s*(\w+)$/i;

function nameOf(column: string): string {
	return column
		.replace(/^(?:left|substr|substring|lower|upper|round|trunc)\((\w+)[^)]*\)/i, '$1')
		.replace(/^\w\./, '')
		.replace(/\s+as\s+"?\w+"?$/i, '')
		.trim()
		.toLowerCase();
}

function ageOf(table: Table, column: string, i: number): string | null {
	const name = AGES.exec(column)?.[1];
	if (name === undefined) return null;
	const ms = table.ages[name]?.[i];
	return ms === undefined || ms === null ? '' : interval(ms);
}

function grouped(table: Table, query: Select, kept: readonly { row: Record<string, string>; i: number }[]): string {
	const groups = new Map<string, { row: Record<string, string>; i: number }[]>();
	for (const each of kept) {
		const key = query.groupBy.map((name) => each.row[nameOf(name)] ?? '').join('\n');
		groups.set(key, [...(groups.get(key) ?? []), each]);
	}
	if (query.groupBy.length === 0 && groups.size === 0) groups.set('', []);
	const columns = query.columns.length === 0 ? [...query.groupBy, 'count(*)'] : query.columns;
	const heads = columns.map(
		(column) =>
			/\s+as\s+"?(\w+)"?$/i.exec(column)?.[1] ??
			/^(count|max|min|sum|avg)\(/i.exec(column)?.[1]?.toLowerCase() ??
			nameOf(column)
	);
	const rows = [...groups.values()].map((members) =>
		columns.map((column) => {
			const call = /^(count|max|min|sum|avg)\((.*)\)(?:\s+as\s+\w+)?$/i.exec(column.trim());
			if (call === null) return members[0]?.row[nameOf(column)] ?? '';
			const [, what = '', inner = ''] = call;
			if (what.toLowerCase() === 'count') return String(members.length);
			const aged = AGES.exec(inner.trim())?.[1];
			const values = members.flatMap(({ row, i }) => {
				const value = aged !== undefined ? table.ages[aged]?.[i] : Number(row[nameOf(inner)]);
				return value === null || value === undefined || Number.isNaN(value) ? [] : [value];
			});
			if (values.length === 0) return '';
			const total = values.reduce((sum, value) => sum + value, 0);
			const result = { max: Math.max(...values), min: Math.min(...values), sum: total, avg: total / values.length }[
				what.toLowerCase() as 'max'
			];
			return aged !== undefined ? interval(result) : String(Number(result.toFixed(2)));
		})
	);
	const by = query.orderBy === null ? null : query.orderBy;
	const at =
		by === null
			? -1
			: /^\d+$/.test(by)
				? Number(by) - 1
				: columns.findIndex((column, i) => nameOf(column) === nameOf(by) || heads[i] === by);
	if (at >= 0)
		rows.sort((a, b) => {
			const [left, right] = [a[at] ?? '', b[at] ?? ''];
			const order = heads[at] === 'count' ? Number(left) - Number(right) : left < right ? -1 : 1;
			return query.descending ? -order : order;
		});
	return psqlTable(
		heads,
		rows.slice(0, query.limit ?? rows.length),
		new Set([...heads.filter((head) => /^(count|sum|avg)$/.test(head)), ...table.numbers])
	);
}

/** Who is connected to a database, with the share of its sessions. */
function clientsOf(view: ShellView, db: string): { name: string; share: number }[] {
	const callers = (view.world.callers.get(db) ?? []).filter(({ latency, errors }) => latency + errors > 0);
	const weights = callers.map(({ from }) => {
		const spec = serviceIn(view, from);
		return { name: from, share: spec.pool === undefined ? 0.2 * spec.replicas : spec.pool.size * spec.replicas };
	});
	const total = weights.reduce((sum, { share }) => sum + share, 0) || 1;
	return weights.length === 0
		? [{ name: 'psql', share: 1 }]
		: weights.map((each) => ({ ...each, share: each.share / total }));
}

function clientAt(view: ShellView, db: string, u: number): string {
	let part = u;
	const clients = clientsOf(view, db);
	for (const { name, share } of clients) if ((part -= share) < 0) return name;
	return clients.at(-1)?.name ?? 'psql';
}

const TABLES: Record<View, (view: ShellView, db: string) => Table> = {
	pg_stat_activity: (view, db) => {
		const facts = factsOf(view, db);
		const { world, nowMs } = view;
		const counts: [string, number][] = [
			['active', Math.round(facts.active)],
			['idle in transaction', Math.round(facts.held)],
			['idle', Math.max(0, Math.round(facts.connected) - Math.round(facts.active) - Math.round(facts.held))]
		];
		const rows: Record<string, string>[] = [];
		const ages: Record<string, (number | null)[]> = {
			xact_start: [],
			query_start: [],
			state_change: [],
			backend_start: []
		};
		const p95 = truthOf(view).metric(db, 'latency')(nowMs);
		const known = new Map<string, ReturnType<typeof podsOf>>();
		let n = 0;
		for (const [state, count] of counts) {
			for (let i = 0; i < count; i += 1) {
				const hash = keyedHash(world.seedHash, 'session', db, n);
				n += 1;
				const app = clientAt(view, db, keyed(hash, 'app'));
				const pods = known.get(app) ?? podsOf(view, app);
				known.set(app, pods);
				const pod = pods[hash % Math.max(1, pods.length)];
				const routes = routesOf(serviceIn(view, app in world.compiled.services ? app : db));
				const route = routes[keyedHash(hash, 'route') % routes.length];
				const query = route === undefined ? 'SELECT 1' : statementOf(route, keyedHash(hash, 'n') % 4).text;
				const moment = Math.floor(nowMs / 1_000);
				const u = 0.05 + 0.95 * keyed(hash, 'age', moment);
				// Who holds a transaction open does what it does meanwhile: as long as its own requests last.
				const callerMs = app in world.compiled.services ? truthOf(view).metric(app, 'latency')(nowMs) : 1_000;
				const xact = state === 'idle' ? null : state === 'active' ? p95 * u * 1.2 : callerMs * u * 0.9;
				const waits = state === 'active' && i < Math.round(facts.locks);
				rows.push({
					pid: String(2_000 + (keyedHash(hash, 'pid') % 60_000)),
					usename: stem(app).replace(/-/g, '_'),
					application_name: app,
					client_addr: pod?.ip ?? '',
					state,
					wait_event_type: waits ? 'Lock' : state === 'active' ? '' : 'Client',
					wait_event: waits ? 'transactionid' : state === 'active' ? '' : 'ClientRead',
					xact_start: xact === null ? '' : clock(view, nowMs - xact),
					query_start: clock(view, nowMs - (xact ?? 60_000 * u)),
					query
				});
				ages.xact_start?.push(xact);
				ages.query_start?.push(xact ?? 60_000 * u);
				ages.state_change?.push(xact ?? 60_000 * u);
				ages.backend_start?.push(3_600_000 * u);
			}
		}
		return {
			columns: [
				'pid',
				'usename',
				'application_name',
				'client_addr',
				'state',
				'wait_event_type',
				'wait_event',
				'xact_start',
				'query_start',
				'query'
			],
			numbers: ['pid'],
			rows,
			ages,
			total: rows.length
		};
	},
	pg_stat_statements: (view, db) => {
		const facts = factsOf(view, db);
		const rows: Record<string, string>[] = [];
		for (const { name, share } of clientsOf(view, db)) {
			if (!(name in view.world.compiled.services)) continue;
			const routes = routesOf(serviceIn(view, name));
			for (const route of routes) {
				const { count } = { count: route.method === 'GET' ? 3 : 4 };
				for (let n = 0; n < count; n += 1) {
					const { text } = statementOf(route, n);
					if (rows.some((row) => row.query === text)) continue;
					const hash = keyedHash(view.world.seedHash, 'statement', db, text);
					const calls = Math.round((facts.calls * 86_400 * share * route.share) / count);
					const mean = facts.meanMs * (0.4 + 1.2 * keyed(hash, 'mean'));
					rows.push({
						query: text,
						calls: String(calls),
						total_exec_time: (calls * mean).toFixed(0),
						mean_exec_time: mean.toFixed(2),
						rows: String(Math.round(calls * (1 + 4 * keyed(hash, 'rows'))))
					});
				}
			}
		}
		rows.sort((a, b) => Number(b.total_exec_time) - Number(a.total_exec_time));
		return {
			columns: ['query', 'calls', 'total_exec_time', 'mean_exec_time', 'rows'],
			numbers: ['calls', 'total_exec_time', 'mean_exec_time', 'rows'],
			rows,
			ages: {},
			total: rows.length
		};
	},
	pg_locks: (view, db) => {
		const waiting = Math.round(factsOf(view, db).locks);
		const activity = TABLES.pg_stat_activity(view, db);
		const row = (i: number, granted: boolean) => ({
			pid: activity.rows[i]?.pid ?? '',
			locktype: granted ? 'relation' : 'transactionid',
			relation: granted ? (/(?:from|into|update) (\w+)/i.exec(activity.rows[i]?.query ?? '')?.[1] ?? '') : '',
			mode: granted ? 'RowExclusiveLock' : 'ShareLock',
			granted: granted ? 't' : 'f',
			application_name: activity.rows[i]?.application_name ?? ''
		});
		const active = activity.rows.filter(({ state }) => state === 'active').length;
		return {
			columns: ['pid', 'locktype', 'relation', 'mode', 'granted', 'application_name'],
			numbers: ['pid'],
			rows: [
				...Array.from({ length: waiting }, (_, i) => row(i, false)),
				...Array.from({ length: Math.min(40, active) }, (_, i) => row(i, true))
			],
			ages: {},
			total: waiting + active
		};
	},
	pg_stat_replication: (view, db) => {
		const { world, nowMs } = view;
		const truth = truthOf(view);
		// Replicas of its own, and services that follow it.
		const own = podsOf(view, db)
			.slice(1)
			.map((pod) => ({ name: pod.name, ip: pod.ip, lagMs: truth.metric(db, 'lag')(nowMs) }));
		const others = (world.callers.get(db) ?? [])
			.filter(({ from }) => /replica/.test(from) && serviceIn(view, from).exports.includes('postgres'))
			.flatMap(({ from }) =>
				podsOf(view, from).map((pod) => ({ name: pod.name, ip: pod.ip, lagMs: truth.metric(from, 'lag')(nowMs) }))
			);
		const rows = [...own, ...others].map(({ name, ip, lagMs }) => ({
			pid: String(900 + (keyedHash(world.seedHash, 'walsender', name) % 90)),
			application_name: name,
			client_addr: ip,
			state: lagMs > 60_000 ? 'catchup' : 'streaming',
			sync_state: 'async',
			write_lag: interval(lagMs * 0.3),
			flush_lag: interval(lagMs * 0.5),
			replay_lag: interval(lagMs)
		}));
		return {
			columns: [
				'pid',
				'application_name',
				'client_addr',
				'state',
				'sync_state',
				'write_lag',
				'flush_lag',
				'replay_lag'
			],
			numbers: ['pid'],
			rows,
			ages: {},
			total: rows.length
		};
	},
	pg_stat_database: (view, db) => {
		const { connected, calls } = factsOf(view, db);
		return {
			columns: ['datname', 'numbackends', 'xact_commit', 'deadlocks'],
			numbers: ['numbackends', 'xact_commit', 'deadlocks'],
			rows: [
				{
					datname: stem(db),
					numbackends: String(Math.round(connected)),
					xact_commit: String(Math.round(calls * 86_400)),
					deadlocks: '0'
				}
			],
			ages: {},
			total: 1
		};
	}
};

function clock(view: ShellView, simMs: number): string {
	return utc(view, simMs).replace('T', ' ').replace('Z', '+00');
}

function show(view: ShellView, db: string, setting: string): string {
	const values: Record<string, string> = {
		max_connections: String(serviceIn(view, db).max_connections ?? USUAL_MAX_CONNECTIONS),
		server_version: serviceIn(view, db).version,
		statement_timeout: '0',
		idle_in_transaction_session_timeout: '0',
		superuser_reserved_connections: '3',
		timezone: 'Etc/UTC'
	};
	const value = values[setting];
	return value === undefined
		? `ERROR:  "${setting}" cannot be shown here; known are ${Object.keys(values).join(', ')}`
		: psqlTable([setting], [[value]], new Set());
}
