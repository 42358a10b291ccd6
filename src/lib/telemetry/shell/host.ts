import { keyedHash } from '../../world/index.ts';
import { DATA_BYTES, MEMORY_BYTES, ROOT_BYTES } from '../families/node.ts';
import { serviceIn, truthOf, valueOf, workloads, podsOf, type PodRow } from './cluster.ts';
import { columns } from './table.ts';
import { age, localTime } from './times.ts';
import { look, wrong, type Program, type Reading, type ShellView } from './types.ts';

/** df, ps, top, free, uptime and their like, on a pod or host: from the same truth as the node's metrics. */

export const HOST_COMMANDS = ['df -h', 'ps aux', 'top', 'free -m', 'uptime', 'hostname', 'date', 'env'];

export interface Place {
	service: string;
	pod: PodRow;
}

const GIB = 1024 ** 3;

/** Reads a command that runs somewhere; `where` finds the place, or says why there is none. */
export function hostCommand(
	words: readonly string[],
	canonical: string,
	where: (view: ShellView) => Place | string
): Reading {
	const [name = '', ...args] = words;
	const print = PRINTERS[name];
	if (name === 'sh' || name === 'bash')
		return wrong('A shell of its own cannot be opened from here: give the command after -- instead.', ['… -- ps aux']);
	if (name === 'kill' || name === 'rm' || name === 'systemctl' || name === 'reboot')
		return { type: 'change', canonical, subject: null };
	if (print === undefined)
		return wrong(
			`"${name}" is not known there; known are ${HOST_COMMANDS.map((one) => one.split(' ')[0]).join(', ')}.`
		);
	return look(canonical, 'shell', (view) => {
		const place = where(view);
		return typeof place === 'string' ? place : print(view, place, args);
	});
}

const PRINTERS: Record<string, (view: ShellView, place: Place, args: readonly string[]) => string> = {
	df: (view, { service }) => {
		const disk = truthOf(view).metric(service, 'disk')(view.nowMs);
		const row = (device: string, size: number, used: number, mount: string) => [
			device,
			human(size),
			human(used),
			human(size - used),
			`${Math.ceil((100 * used) / size)}%`,
			mount
		];
		const hosts = serviceIn(view, service).exports.includes('node');
		return columns(
			['Filesystem', 'Size', 'Used', 'Avail', 'Use%', 'Mounted on'],
			[
				row(hosts ? '/dev/nvme0n1p1' : 'overlay', ROOT_BYTES, ROOT_BYTES * 0.39, '/'),
				...(hosts ? [row('/dev/nvme1n1', DATA_BYTES, DATA_BYTES * Math.min(1, disk), '/var')] : []),
				row('tmpfs', 64 * 1024 ** 2, 0, '/dev/shm')
			],
			2
		);
	},
	free: (view, { service, pod }) => {
		const spec = serviceIn(view, service);
		const limit = spec.exports.includes('node') ? MEMORY_BYTES : spec.memory_limit;
		const used = memoryOf(view, service, pod) * limit;
		const mib = (bytes: number) => String(Math.round(bytes / 1024 ** 2));
		return columns(
			['', 'total', 'used', 'free', 'available'],
			[
				['Mem:', mib(limit), mib(used), mib((limit - used) * 0.6), mib(limit - used)],
				['Swap:', '0', '0', '0', '']
			]
		);
	},
	uptime: (view, { service, pod }) => {
		const cores = serviceIn(view, service).cpu_limit;
		const load = cpuOf(view, service, pod) * cores;
		const at = (factor: number) => (load * factor).toFixed(2);
		return ` ${localTime(view, view.nowMs, true)} up ${age(view.nowMs - startOf(pod))},  load average: ${at(1)}, ${at(0.97)}, ${at(0.95)}`;
	},
	ps: (view, { service, pod }) => processTable(view, service, pod),
	top: (view, { service, pod }) => {
		const cpu = cpuOf(view, service, pod);
		const memory = memoryOf(view, service, pod);
		return [
			PRINTERS.uptime?.(view, { service, pod }, [])?.replace(/^ /, 'top - ') ?? '',
			`%Cpu(s): ${(cpu * 82).toFixed(1)} us, ${(cpu * 18).toFixed(1)} sy, ${((1 - cpu) * 100).toFixed(1)} id`,
			`MiB Mem : ${Math.round(serviceIn(view, service).memory_limit / 1024 ** 2)} total, ${(100 * memory).toFixed(1)} % used`,
			'',
			processTable(view, service, pod, 'top')
		].join('\n');
	},
	hostname: (_, { pod }) => pod.name,
	date: (view) => new Date(view.world.compiled.startsAt + view.nowMs).toUTCString().replace('GMT', 'UTC'),
	env: (view, { service, pod }) =>
		[
			`HOSTNAME=${pod.name}`,
			`SERVICE_NAME=${service}`,
			`SERVICE_VERSION=${pod.version}`,
			`NAMESPACE=${view.world.compiled.topology.namespace}`
		].join('\n')
};

function processTable(view: ShellView, service: string, pod: PodRow, self = 'ps aux'): string {
	const spec = serviceIn(view, service);
	const cpu = cpuOf(view, service, pod) * spec.cpu_limit * 100;
	const resident = memoryOf(view, service, pod) * spec.memory_limit * 0.93;
	const command = {
		jvm: `java -XX:MaxRAMPercentage=85 -jar /app/${service}.jar`,
		go: `/app/${service}`,
		node: 'node /app/server.js',
		python: 'python -m app',
		native: spec.exports.includes('postgres') ? 'postgres -D /var/lib/postgresql/data' : `/usr/sbin/${service}`,
		none: `/app/${service}`
	}[spec.runtime];
	return columns(
		['USER', 'PID', '%CPU', '%MEM', 'RSS', 'ELAPSED', 'COMMAND'],
		[
			[
				'app',
				'1',
				cpu.toFixed(1),
				(100 * memoryOf(view, service, pod)).toFixed(1),
				String(Math.round(resident / 1024)),
				age(view.nowMs - startOf(pod)),
				command
			],
			[
				'app',
				String(4_000 + (keyedHash(view.world.seedHash, pod.name, view.nowMs) % 900)),
				'0.0',
				'0.0',
				'3172',
				'0s',
				self
			]
		],
		2
	);
}

function startOf(pod: PodRow): number {
	return pod.lives.at(-1)?.startedAtMs ?? pod.createdMs;
}

function memoryOf(view: ShellView, service: string, pod: PodRow): number {
	return truthOf(view).metric(service, 'mem', { version: pod.version, pod: pod.name })(view.nowMs);
}

function cpuOf(view: ShellView, service: string, pod: PodRow): number {
	const limit = serviceIn(view, service).cpu_limit;
	const measured = valueOf(view, `sum(rate(container_cpu_usage_seconds_total{pod="${pod.name}"}[1m]))`);
	return measured === null
		? truthOf(view).metric(service, 'cpu', { version: pod.version })(view.nowMs)
		: measured / limit;
}

function human(bytes: number): string {
	return bytes >= GIB ? `${Math.round(bytes / GIB)}G` : `${Math.round(bytes / 1024 ** 2)}M`;
}

/** `ssh main-db-0 df -h`, or the same with a service or a node. */
export const ssh: Program = {
	examples: (compiled) => [
		`ssh ${workloads(compiled).find((name) => compiled.services[name]?.kind === 'db') ?? workloads(compiled)[0] ?? ''} df -h`
	],
	read([place = '', ...command], compiled) {
		if (place === '' || command.length === 0)
			return wrong('Say where and what: ssh <pod, node or service> df -h', ssh.examples(compiled));
		return hostCommand(command, ['ssh', place, ...command].join(' '), (view) => {
			const name = place.replace(/^.*@/, '');
			for (const service of workloads(view.world.compiled)) {
				const pod = podsOf(view, service).find((each) => each.name === name || each.node === name || service === name);
				if (pod !== undefined) return { service, pod };
			}
			return `ssh: Could not resolve hostname ${name}: Name or service not known`;
		});
	},
	next: (before, view) => (before.length === 0 ? workloads(view.world.compiled) : HOST_COMMANDS)
};

/** A command of a host without a host: `df -h` alone. */
export function hostless(name: string): Program {
	const read = (args: readonly string[], compiled: Parameters<Program['read']>[1]): Reading => {
		const [first = '', ...rest] = args;
		// `df -h main-db` is what people try next.
		const named = [first, ...rest].find((word) => workloads(compiled).includes(word));
		const flags = args.filter((word) => word !== named);
		const line = [name, ...flags].join(' ');
		if (named === undefined) {
			const place =
				workloads(compiled).find((each) => compiled.services[each]?.kind === 'db') ?? workloads(compiled)[0] ?? '';
			return wrong(`You are on a workstation, where ${name} tells nothing of the system. Say where:`, [
				`ssh ${place} ${line}`,
				`kubectl exec deploy/<name> -- ${line}`
			]);
		}
		return ssh.read([named, name, ...flags], compiled);
	};
	return { examples: () => [], read, next: (_, view) => workloads(view.world.compiled) };
}
