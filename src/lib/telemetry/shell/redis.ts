import { keyed, keyedHash } from '../../world/index.ts';
import type { CompiledScenario } from '../../scenario/library.ts';
import { routesOf } from '../families/http.ts';
import { signalsOf } from '../signals.ts';
import { successOf, durationAt } from '../shapes/durations.ts';
import { cacheCommandOf } from '../traces/queries.ts';
import { perceivedCpu } from '../signals.ts';
import { podsOf, serviceIn, truthOf, valueOf, workloads } from './cluster.ts';
import { age } from './times.ts';
import { look, wrong, type Program, type ShellView } from './types.ts';
import { readArgs } from './words.ts';

/** redis-cli: info, slowlog, dbsize, memory, clients, as the redis exporter measures them. */

const VALUED = new Set(['-h', '-p', '-n', '-a', '-u']);
const CHANGING =
	/^(flushall|flushdb|set|del|unlink|expire|config set|shutdown|debug|client kill|failover|replicaof|slaveof|bgsave|save|eval|lpush|rpush|hset|rename|script|cluster failover|memory purge)/;
const SECTIONS = ['server', 'clients', 'memory', 'stats', 'replication', 'cpu', 'keyspace'];

export const redisCli: Program = {
	examples: (compiled) => {
		const [first] = cachesOf(compiled);
		return first === undefined
			? []
			: [
					'redis-cli info',
					'redis-cli slowlog get 10',
					'redis-cli client list',
					'redis-cli memory stats',
					'redis-cli dbsize'
				];
	},
	read(words, compiled) {
		const all = cachesOf(compiled);
		const args = readArgs(words, VALUED);
		const host = args.flags.get('-h');
		const cache = host === undefined ? all[0] : all.find((name) => name === host);
		if (cache === undefined)
			return wrong(
				all.length === 0
					? 'Could not connect to Redis: there is no Redis in this system.'
					: `Could not connect to Redis at ${host ?? ''}:6379: there are ${all.join(', ')}.`
			);
		const command = args.rest.map((word) => word.toLowerCase()).join(' ');
		const canonical =
			`redis-cli ${all.length > 1 ? `-h ${cache} ` : ''}${command}${args.flags.has('--stat') ? '--stat' : ''}`.trim();
		if (CHANGING.test(command)) return { type: 'change', canonical, subject: cache };
		const section = /^info(?: (\w+))?$/.exec(command);
		const print = (show: (view: ShellView) => string) => look(canonical, 'cache', (view) => reached(view, cache, show));
		if (
			section !== null &&
			(section[1] === undefined || [...SECTIONS, 'all', 'everything', 'default'].includes(section[1]))
		)
			return print((view) => info(view, cache, section[1] ?? 'all'));
		if (args.flags.has('--stat')) return print((view) => info(view, cache, 'stats'));
		const slow = /^slowlog get(?: (\d+))?$/.exec(command);
		if (slow !== null) return print((view) => slowlog(view, cache, Number(slow[1] ?? 10)));
		switch (command) {
			case 'ping':
				return print(() => 'PONG');
			case 'dbsize':
				return print((view) => `(integer) ${keysOf(view, cache)}`);
			case 'slowlog len':
				return print((view) => `(integer) ${slowEntries(view, cache, 128).length}`);
			case 'memory stats':
				return print((view) => memoryStats(view, cache));
			case 'memory doctor':
				return print((view) =>
					memoryOf(view, cache) > 0.9
						? 'Sam, I detected that memory is nearly full: keys are evicted.'
						: "Hi Sam, I can't find any memory issue in your instance."
				);
			case 'client list':
				return print((view) => clientList(view, cache));
			case 'config get maxmemory':
				return print((view) => `1) "maxmemory"\n2) "${Math.round(serviceIn(view, cache).memory_limit * 0.9)}"`);
			case 'config get maxmemory-policy':
				return print(() => '1) "maxmemory-policy"\n2) "allkeys-lru"');
			case '':
				return wrong('Give the command: an interactive session is not possible here.', redisCli.examples(compiled));
			default:
				return wrong(
					`(error) "${args.rest.join(' ')}" is not known here: info, slowlog get, dbsize, memory stats, client list, ping, config get maxmemory.`,
					redisCli.examples(compiled).slice(0, 2)
				);
		}
	},
	next: (before) =>
		before.length === 0
			? ['info', 'slowlog get 10', 'dbsize', 'memory stats', 'client list', 'ping', 'config get maxmemory']
			: before[0] === 'info' && before.length === 1
				? SECTIONS
				: []
};

function cachesOf(compiled: CompiledScenario): string[] {
	return workloads(compiled).filter((name) => compiled.services[name]?.exports.includes('redis'));
}

function reached(view: ShellView, cache: string, show: (view: ShellView) => string): string {
	return truthOf(view).metric(cache, 'up')(view.nowMs) >= 0.5
		? show(view)
		: `Could not connect to Redis at ${cache}:6379: Connection refused`;
}

/** Its size follows its memory: a key of half a kilobyte. */
function keysOf(view: ShellView, cache: string): number {
	return Math.round((memoryOf(view, cache) * serviceIn(view, cache).memory_limit * 0.9 * 0.8) / 512);
}

function memoryOf(view: ShellView, cache: string): number {
	return truthOf(view).metric(cache, 'mem')(view.nowMs);
}

function info(view: ShellView, cache: string, section: string): string {
	const truth = truthOf(view);
	const at = (metric: string) => truth.metric(cache, metric)(view.nowMs);
	const spec = serviceIn(view, cache);
	const [pod] = podsOf(view, cache);
	const upSeconds = Math.floor((view.nowMs - (pod?.lives.at(-1)?.startedAtMs ?? 0)) / 1_000);
	const rate = signalsOf(truth, cache, {}).requests(view.nowMs);
	const used = at('mem') * spec.memory_limit * 0.9;
	const ratio = Math.min(1, at('hit_ratio'));
	const counted = (name: string, fallback: number) =>
		Math.round(valueOf(view, `sum(${name}{service="${cache}"})`) ?? fallback);
	const cpu = perceivedCpu(truth, { name: cache }, {})(view.nowMs);
	const parts: Record<string, string[]> = {
		server: [`redis_version:${spec.version}`, 'redis_mode:standalone', `uptime_in_seconds:${upSeconds}`],
		clients: [
			`connected_clients:${counted('redis_connected_clients', at('conns'))}`,
			'blocked_clients:0',
			`maxclients:${spec.max_connections ?? 10_000}`
		],
		memory: [
			`used_memory:${Math.round(used)}`,
			`used_memory_human:${(used / 1024 ** 3).toFixed(2)}G`,
			`maxmemory:${Math.round(spec.memory_limit * 0.9)}`,
			`maxmemory_human:${((spec.memory_limit * 0.9) / 1024 ** 3).toFixed(2)}G`,
			'maxmemory_policy:allkeys-lru',
			'mem_fragmentation_ratio:1.06'
		],
		stats: [
			`instantaneous_ops_per_sec:${Math.round(rate)}`,
			`keyspace_hits:${counted('redis_keyspace_hits_total', 0)}`,
			`keyspace_misses:${counted('redis_keyspace_misses_total', 0)}`,
			`hit_ratio_now:${(100 * ratio).toFixed(1)}%`,
			`evicted_keys:${counted('redis_evicted_keys_total', 0)}`
		],
		replication: ['role:master', 'connected_slaves:0'],
		cpu: [
			`used_cpu_now:${(100 * cpu * spec.cpu_limit).toFixed(0)}% of a core, ${(100 * cpu).toFixed(0)}% of its limit`
		],
		keyspace: [`db0:keys=${keysOf(view, cache)},expires=${Math.round(keysOf(view, cache) * 0.7)}`]
	};
	return Object.entries(parts)
		.filter(([name]) => name === section || ['all', 'everything', 'default'].includes(section))
		.map(([name, lines]) => `# ${name[0]?.toUpperCase() ?? ''}${name.slice(1)}\n${lines.join('\n')}`)
		.join('\n\n');
}

/** Commands of the last hour that took longer than ten milliseconds, the newest first. */
function slowEntries(view: ShellView, cache: string, most: number) {
	const { world, nowMs } = view;
	const truth = truthOf(view);
	const callers = (world.callers.get(cache) ?? []).map(({ from }) => from);
	const found: { id: number; atMs: number; us: number; text: string; client: string }[] = [];
	for (
		let minute = Math.floor(nowMs / 60_000);
		minute > Math.floor(nowMs / 60_000) - 60 && found.length < most;
		minute -= 1
	) {
		const hash = keyedHash(world.seedHash, 'slowlog', cache, minute);
		const atMs = minute * 60_000 + (hash % 60_000);
		if (atMs > nowMs) continue;
		const slowest =
			durationAt(successOf(truth.metric(cache, 'latency')(atMs)), 0.999 + 0.00099 * keyed(hash, 'u')) * 1_000;
		if (slowest < 10) continue;
		const caller = callers[hash % Math.max(1, callers.length)];
		const routes = caller === undefined ? [] : routesOf(serviceIn(view, caller));
		const route = routes[keyedHash(hash, 'route') % Math.max(1, routes.length)];
		const client = caller === undefined ? undefined : podsOf(view, caller)[0];
		found.push({
			id: minute + 100_000,
			atMs,
			us: Math.round(slowest * 1_000),
			text: route === undefined ? 'INFO' : cacheCommandOf(route, 1).text,
			client: `${client?.ip ?? '127.0.0.1'}:${30_000 + (hash % 20_000)}`
		});
	}
	return found;
}

function slowlog(view: ShellView, cache: string, most: number): string {
	const entries = slowEntries(view, cache, Math.min(128, most));
	if (entries.length === 0) return '(empty array)';
	return entries
		.map(({ id, atMs, us, text, client }, i) => {
			const words = text.split(' ').map((word, n) => `${n === 0 ? '' : '      '}${n + 1}) "${word}"`);
			return `${i + 1}) 1) (integer) ${id}\n   2) (integer) ${Math.floor((view.world.compiled.startsAt + atMs) / 1_000)}\n   3) (integer) ${us}\n   4) ${words.join('\n')}\n   5) "${client}"`;
		})
		.join('\n');
}

function memoryStats(view: ShellView, cache: string): string {
	const used = Math.round(memoryOf(view, cache) * serviceIn(view, cache).memory_limit * 0.9);
	const pairs: [string, string][] = [
		['total.allocated', `(integer) ${used}`],
		['dataset.bytes', `(integer) ${Math.round(used * 0.93)}`],
		['dataset.percentage', '"93.0"'],
		['keys.count', `(integer) ${keysOf(view, cache)}`],
		['keys.bytes-per-key', '(integer) 512'],
		['fragmentation', '"1.06"']
	];
	return pairs.map(([name, value], i) => ` ${2 * i + 1}) "${name}"\n ${2 * i + 2}) ${value}`).join('\n');
}

const SHOWN_CLIENTS = 20;

function clientList(view: ShellView, cache: string): string {
	const count = Math.round(truthOf(view).metric(cache, 'conns')(view.nowMs));
	const pods = (view.world.callers.get(cache) ?? []).flatMap(({ from }) =>
		podsOf(view, from).filter(({ ready }) => ready)
	);
	if (pods.length === 0) return `id=3 addr=127.0.0.1:41022 name= age=1 idle=0 cmd=client|list`;
	const lines = Array.from({ length: Math.min(count, SHOWN_CLIENTS) }, (_, i) => {
		const pod = pods[i % pods.length];
		const hash = keyedHash(view.world.seedHash, 'client', cache, i);
		const seconds = Math.floor((view.nowMs - (pod?.createdMs ?? 0)) / 1_000);
		return `id=${100 + i} addr=${pod?.ip ?? ''}:${30_000 + (hash % 20_000)} name=${pod?.service ?? ''} age=${seconds} idle=${hash % 4} db=0 cmd=${hash % 3 === 0 ? 'hgetall' : 'get'}`;
	});
	return [
		...lines,
		...(count > SHOWN_CLIENTS
			? [
					`# ${SHOWN_CLIENTS} of ${count} clients; the oldest pod is ${age(view.nowMs - Math.min(...pods.map(({ createdMs }) => createdMs)))} old`
				]
			: [])
	].join('\n');
}
