import { keyedHash } from '../../../world/index.ts';
import {
	allPods,
	clusterIp,
	isEdge,
	isStateful,
	podsOf,
	serviceIn,
	revisionsOf,
	valueOf,
	wantedPods,
	workloads,
	type PodRow
} from '../cluster.ts';
import { columns } from '../table.ts';
import { age } from '../times.ts';
import type { ShellView } from '../types.ts';
import { flag, type Args } from '../words.ts';
import { eventsOf, eventTable } from './events.ts';
import { otherNamespace, selected, type Resource } from './parse.ts';

const DAY = 86_400_000;
const CLUSTER_AGE = 412 * DAY;

/** `kubectl get`: one table, or the message that kubectl would give. */
export function getTable(view: ShellView, resource: Resource, names: readonly string[], args: Args): string {
	const { compiled } = view.world;
	const other = otherNamespace(args, compiled);
	if (other !== null && resource !== 'node' && resource !== 'namespace') {
		return names.length > 0
			? names.map((name) => missing(resource, name)).join('\n')
			: `No resources found in ${other} namespace.`;
	}
	const only = selected(args, compiled);
	if (only === null) return nothing(view);
	const services = workloads(compiled).filter((name) => only === undefined || name === only);
	const wide = flag(args, '-o', '--output') === 'wide';
	switch (resource) {
		case 'pod': {
			const pods = services.flatMap((service) => podsOf(view, service));
			return picked(
				view,
				resource,
				names,
				pods,
				({ name }) => name,
				(rows) => podTable(view, rows, args)
			);
		}
		case 'deployment':
		case 'statefulset': {
			const fits = services.filter((name) => isStateful(serviceIn(view, name)) === (resource === 'statefulset'));
			return picked(
				view,
				resource,
				names,
				fits,
				(name) => name,
				(rows) => (resource === 'deployment' ? deployTable(view, rows, wide) : statefulTable(view, rows))
			);
		}
		case 'replicaset': {
			const sets = services
				.filter((name) => !isStateful(serviceIn(view, name)))
				.flatMap((name) => replicaSets(view, name));
			return picked(
				view,
				resource,
				names,
				sets,
				([name = '']) => name,
				(rows) => columns(['NAME', 'DESIRED', 'CURRENT', 'READY', 'AGE'], rows)
			);
		}
		case 'service':
			return picked(
				view,
				resource,
				names,
				services,
				(name) => name,
				(rows) =>
					columns(
						['NAME', 'TYPE', 'CLUSTER-IP', 'EXTERNAL-IP', 'PORT(S)', 'AGE'],
						rows.map((name) => {
							const edge = isEdge(compiled, name);
							return [
								name,
								edge ? 'LoadBalancer' : 'ClusterIP',
								clusterIp(view, name),
								edge ? `203.0.113.${10 + (keyedHash(view.world.seedHash, 'lb', name) % 200)}` : '<none>',
								portsOf(view, name),
								age(CLUSTER_AGE)
							];
						})
					)
			);
		case 'endpoints':
			return picked(
				view,
				resource,
				names,
				services,
				(name) => name,
				(rows) =>
					columns(
						['NAME', 'ENDPOINTS', 'AGE'],
						rows.map((name) => [name, endpointsOf(view, name), age(CLUSTER_AGE)])
					)
			);
		case 'node':
			return nodeTable(view, names);
		case 'event':
			return eventTable(view, eventsOf(view, services));
		case 'hpa': {
			const scaled = services.filter((name) => serviceIn(view, name).baseline.hpa_max !== undefined);
			return picked(
				view,
				resource,
				names,
				scaled,
				(name) => name,
				(rows) =>
					columns(
						['NAME', 'REFERENCE', 'TARGETS', 'MINPODS', 'MAXPODS', 'REPLICAS', 'AGE'],
						rows.map((name) => hpaRow(view, name))
					)
			);
		}
		case 'configmap':
			return picked(
				view,
				resource,
				names,
				services.map(configOf),
				(name) => name,
				(rows) =>
					columns(
						['NAME', 'DATA', 'AGE'],
						rows.map((name) => [name, String(configData(view, name.replace(/-config$/, '')).length), age(CLUSTER_AGE)])
					)
			);
		case 'namespace':
			return columns(
				['NAME', 'STATUS', 'AGE'],
				['default', 'kube-system', 'monitoring', compiled.topology.namespace].map((name) => [
					name,
					'Active',
					age(CLUSTER_AGE)
				])
			);
		case 'secret':
			return `Error from server (Forbidden): secrets is forbidden: User "oncall" cannot list resource "secrets" in API group "" in the namespace "${compiled.topology.namespace}"`;
		case 'all':
			return [
				getTable(view, 'pod', [], args).replace(/^(?!NAME)(?=\S)/gm, 'pod/'),
				getTable(view, 'service', [], args).replace(/^(?!NAME)(?=\S)/gm, 'service/'),
				getTable(view, 'deployment', [], args).replace(/^(?!NAME|No )(?=\S)/gm, 'deployment.apps/'),
				getTable(view, 'statefulset', [], args).replace(/^(?!NAME|No )(?=\S)/gm, 'statefulset.apps/')
			]
				.filter((table) => !table.startsWith('No resources'))
				.join('\n\n');
		case 'ingress':
		case 'job':
		case 'cronjob':
		case 'pvc':
			return names.length > 0 ? names.map((name) => missing(resource, name)).join('\n') : nothing(view);
	}
}

export function podTable(view: ShellView, pods: readonly PodRow[], args: Args): string {
	const wide = flag(args, '-o', '--output') === 'wide';
	const sort = flag(args, '--sort-by') ?? '';
	const sorted = [...pods];
	if (/restartCount/i.test(sort)) sorted.sort((a, b) => a.restarts - b.restarts);
	if (/creationTimestamp|startTime/i.test(sort)) sorted.sort((a, b) => a.createdMs - b.createdMs);
	const rows = sorted.map((pod) => [
		pod.name,
		pod.ready ? '1/1' : '0/1',
		pod.status,
		pod.restarts > 0 && pod.restartedMs !== null
			? `${pod.restarts} (${age(view.nowMs - pod.restartedMs)} ago)`
			: String(pod.restarts),
		age(view.nowMs - pod.createdMs),
		...(wide ? [pod.ip, pod.node] : [])
	]);
	const head = ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', ...(wide ? ['IP', 'NODE'] : [])];
	return columns(args.flags.has('--no-headers') ? [] : head, rows);
}

function deployTable(view: ShellView, names: readonly string[], wide: boolean): string {
	return columns(
		['NAME', 'READY', 'UP-TO-DATE', 'AVAILABLE', 'AGE', ...(wide ? ['CONTAINERS', 'IMAGES', 'SELECTOR'] : [])],
		names.map((name) => {
			const { ready, wanted, current, version } = counts(view, name);
			return [
				name,
				`${ready}/${wanted}`,
				String(current),
				String(ready),
				age(CLUSTER_AGE),
				...(wide ? [name, `registry.example.com/${name}:${version}`, `app=${name}`] : [])
			];
		})
	);
}

/** Pods of a workload: ready, wanted, on the newest version. */
export function counts(view: ShellView, service: string) {
	const pods = podsOf(view, service).filter(({ status }) => status !== 'Terminating');
	const version = revisionsOf(view, service).at(-1)?.version ?? serviceIn(view, service).version;
	return {
		ready: pods.filter(({ ready }) => ready).length,
		wanted: wantedPods(view, service),
		current: pods.filter((pod) => pod.version === version).length,
		version
	};
}

function statefulTable(view: ShellView, names: readonly string[]): string {
	return columns(
		['NAME', 'READY', 'AGE'],
		names.map((name) => {
			const { ready, wanted } = counts(view, name);
			return [name, `${ready}/${wanted}`, age(CLUSTER_AGE)];
		})
	);
}

function replicaSets(view: ShellView, service: string): string[][] {
	const sets = new Map<string, PodRow[]>();
	for (const pod of podsOf(view, service)) {
		const name = pod.name.slice(0, pod.name.lastIndexOf('-'));
		sets.set(name, [...(sets.get(name) ?? []), pod]);
	}
	return [...sets].map(([name, pods]) => [
		name,
		String(pods.length),
		String(pods.length),
		String(pods.filter(({ ready }) => ready).length),
		age(view.nowMs - Math.min(...pods.map(({ createdMs }) => createdMs)))
	]);
}

function nodeTable(view: ShellView, names: readonly string[]): string {
	const nodes = [...new Set(allPods(view).map(({ node }) => node))].sort();
	return picked(
		view,
		'node',
		names,
		nodes,
		(name) => name,
		(rows) =>
			columns(
				['NAME', 'STATUS', 'ROLES', 'AGE', 'VERSION'],
				rows.map((name) => [
					name,
					'Ready',
					'<none>',
					age((20 + (keyedHash(view.world.seedHash, 'node', name) % 60)) * DAY),
					'v1.31.4'
				])
			)
	);
}

function hpaRow(view: ShellView, name: string): string[] {
	const { baseline, replicas } = serviceIn(view, name);
	const cpu = valueOf(
		view,
		`100 * sum(rate(container_cpu_usage_seconds_total{service="${name}"}[1m])) / sum(kube_pod_container_resource_limits{service="${name}",resource="cpu"})`
	);
	return [
		name,
		`Deployment/${name}`,
		`cpu: ${cpu === null ? '<unknown>' : `${Math.round(cpu)}%`}/70%`,
		String(baseline.hpa_min ?? Math.min(2, replicas)),
		String(baseline.hpa_max ?? replicas),
		String(counts(view, name).ready),
		age(CLUSTER_AGE)
	];
}

export const configOf = (service: string) => `${service}-config`;

/** What a service is told from outside, as far as it can be known. */
export function configData(view: ShellView, service: string): [string, string][] {
	const spec = serviceIn(view, service);
	const calls = (view.world.callees.get(service) ?? []).map(({ to }) => to);
	return [
		['LOG_LEVEL', 'info'],
		...(spec.pool === undefined
			? []
			: ([
					['DB_POOL_NAME', spec.pool.name],
					['DB_POOL_SIZE', String(Math.round(truthSize(view, service)) || spec.pool.size)]
				] as [string, string][])),
		...(spec.max_connections === undefined
			? []
			: ([['max_connections', String(spec.max_connections)]] as [string, string][])),
		...calls.map((to) => [`${to.replace(/-/g, '_').toUpperCase()}_HOST`, to] as [string, string])
	];
}

function truthSize(view: ShellView, service: string): number {
	return valueOf(view, `max(database_connection_pool_max{service="${service}"})`) ?? 0;
}

function endpointsOf(view: ShellView, service: string): string {
	const ready = podsOf(view, service).filter((pod) => pod.ready);
	const port = portsOf(view, service).split('/')[0] ?? '80';
	const shown = ready.slice(0, 3).map(({ ip }) => `${ip}:${port}`);
	if (shown.length === 0) return '<none>';
	return shown.join(',') + (ready.length > 3 ? ` + ${ready.length - 3} more...` : '');
}

export function portsOf(view: ShellView, service: string): string {
	const { exports } = serviceIn(view, service);
	if (exports.includes('postgres')) return '5432/TCP';
	if (exports.includes('mysql')) return '3306/TCP';
	if (exports.includes('redis')) return '6379/TCP';
	if (exports.includes('kafka')) return '9092/TCP';
	if (exports.includes('queue') && !exports.includes('http')) return '5672/TCP';
	if (exports.includes('dns')) return '53/UDP';
	return isEdge(view.world.compiled, service) ? '443/TCP' : '80/TCP';
}

/** The rows that are named, or all; kubectl's own message for names that do not exist. */
function picked<T>(
	view: ShellView,
	resource: Resource,
	names: readonly string[],
	all: readonly T[],
	nameOf: (row: T) => string,
	print: (rows: T[]) => string
): string {
	if (names.length === 0) return all.length === 0 ? nothing(view) : print([...all]);
	const found = names.flatMap((name) => all.find((row) => nameOf(row) === name) ?? []);
	const lost = names.filter((name) => !all.some((row) => nameOf(row) === name));
	return [...(found.length > 0 ? [print(found)] : []), ...lost.map((name) => missing(resource, name))].join('\n');
}

const PLURALS: Partial<Record<Resource, string>> = {
	deployment: 'deployments.apps',
	statefulset: 'statefulsets.apps',
	replicaset: 'replicasets.apps',
	endpoints: 'endpoints',
	ingress: 'ingresses.networking.k8s.io',
	hpa: 'horizontalpodautoscalers.autoscaling',
	pvc: 'persistentvolumeclaims'
};

export function missing(resource: Resource, name: string): string {
	return `Error from server (NotFound): ${PLURALS[resource] ?? `${resource}s`} "${name}" not found`;
}

function nothing(view: ShellView): string {
	return `No resources found in ${view.world.compiled.topology.namespace} namespace.`;
}
