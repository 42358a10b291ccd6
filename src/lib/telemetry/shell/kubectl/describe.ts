import { allPods, podsOf, revisionsOf, serviceIn, workloads, type PodRow } from '../cluster.ts';
import { columns } from '../table.ts';
import { age, longTime } from '../times.ts';
import type { ShellView } from '../types.ts';
import { configData, configOf, counts, getTable, missing, portsOf } from './get.ts';
import { eventsOf, eventsOfPod, type ClusterEvent } from './events.ts';
import { kindOf, type Resource } from './parse.ts';
import { readArgs } from '../words.ts';

const NO_ARGS = readArgs([], new Set());

/** `kubectl describe`. Names that lack a suffix match as kubectl matches them: by how they begin. */
export function describe(view: ShellView, resource: Resource, names: readonly string[]): string {
	const { compiled } = view.world;
	if (names.length === 0 && resource !== 'node') {
		return resource === 'pod'
			? 'error: say which pod; kubectl get pods lists them.'
			: `error: say which ${resource}; kubectl get ${resource} lists them.`;
	}
	const parts = names.map((name) => {
		switch (resource) {
			case 'pod': {
				const pods = allPods(view).filter((pod) => pod.name === name || pod.name.startsWith(name));
				const exact = pods.filter((pod) => pod.name === name);
				const chosen = exact.length > 0 ? exact : pods.slice(0, 3);
				if (chosen.length === 0) return missing(resource, name);
				const more =
					exact.length === 0 && pods.length > 3 ? `\n\n(${pods.length - 3} more pods begin with "${name}")` : '';
				return chosen.map((pod) => describePod(view, pod)).join('\n\n\n') + more;
			}
			case 'deployment':
			case 'statefulset':
				return workloads(compiled).includes(name) && kindOf(compiled, name) === resource
					? describeWorkload(view, name)
					: missing(resource, name);
			case 'service':
				return workloads(compiled).includes(name) ? describeService(view, name) : missing(resource, name);
			case 'configmap': {
				const service = workloads(compiled).find((each) => configOf(each) === name);
				return service === undefined ? missing(resource, name) : describeConfig(view, service);
			}
			case 'node':
				return describeNode(view, name);
			case 'hpa':
			case 'replicaset':
			case 'endpoints':
			case 'namespace':
			case 'event':
			case 'ingress':
			case 'job':
			case 'cronjob':
			case 'pvc':
			case 'secret':
			case 'all':
				return getTable(view, resource, [name], NO_ARGS);
		}
	});
	return parts.join('\n\n\n');
}

function describePod(view: ShellView, pod: PodRow): string {
	const spec = serviceIn(view, pod.service);
	const last = pod.lives.findLast((life) => life.ended === 'oom' && (life.endedAtMs ?? Infinity) <= view.nowMs);
	const current = pod.lives.at(-1);
	const waiting = pod.status === 'CrashLoopBackOff' || pod.status === 'ContainerCreating';
	const state = waiting
		? [
				['  State:', 'Waiting'],
				['    Reason:', pod.status]
			]
		: pod.status === 'OOMKilled'
			? [
					['  State:', 'Terminated'],
					['    Reason:', 'OOMKilled'],
					['    Exit Code:', '137']
				]
			: [
					['  State:', 'Running'],
					['    Started:', longTime(view, current?.startedAtMs ?? pod.createdMs)]
				];
	const lines = [
		['Name:', pod.name],
		['Namespace:', view.world.compiled.topology.namespace],
		['Node:', pod.node],
		['Start Time:', longTime(view, pod.createdMs)],
		['Labels:', `app=${pod.service}, version=${pod.version}`],
		['Status:', pod.status === 'Terminating' ? 'Terminating' : 'Running'],
		['IP:', pod.ip],
		['Controlled By:', controller(view, pod)],
		['Containers:', ''],
		[`  ${pod.service}:`, ''],
		['  Image:', `registry.example.com/${pod.service}:${pod.version}`],
		['  Port:', portsOf(view, pod.service)],
		...state,
		...(last === undefined
			? []
			: [
					['  Last State:', 'Terminated'],
					['    Reason:', 'OOMKilled'],
					['    Exit Code:', '137'],
					['    Finished:', longTime(view, last.endedAtMs ?? 0)]
				]),
		['  Ready:', pod.ready ? 'True' : 'False'],
		['  Restart Count:', String(pod.restarts)],
		['  Limits:', `cpu: ${spec.cpu_limit}, memory: ${bytes(spec.memory_limit)}`],
		...(spec.exports.includes('http') ? [['  Readiness:', 'http-get http://:80/healthz delay=5s period=5s']] : []),
		['  Environment From:', `${configOf(pod.service)}  ConfigMap`],
		['Conditions:', ''],
		['  Ready', pod.ready ? 'True' : 'False'],
		['  PodScheduled', 'True']
	];
	return `${columns([], lines, 2)}\n${eventLines(view, eventsOfPod(view, pod))}`;
}

function describeWorkload(view: ShellView, service: string): string {
	const { ready, wanted, current, version } = counts(view, service);
	const spec = serviceIn(view, service);
	const revision = revisionsOf(view, service).at(-1);
	const lines = [
		['Name:', service],
		['Namespace:', view.world.compiled.topology.namespace],
		['Selector:', `app=${service}`],
		['Annotations:', `deployment.kubernetes.io/revision: ${revision?.n ?? 1}`],
		...(revision?.cause ? [['', `kubernetes.io/change-cause: ${revision.cause}`]] : []),
		[
			'Replicas:',
			`${wanted} desired | ${current} updated | ${ready} available | ${Math.max(0, wanted - ready)} unavailable`
		],
		[
			'StrategyType:',
			kindOf(view.world.compiled, service) === 'deployment' ? 'RollingUpdate' : 'RollingUpdate (ordered)'
		],
		['Pod Template:', ''],
		['  Image:', `registry.example.com/${service}:${version}`],
		['  Limits:', `cpu: ${spec.cpu_limit}, memory: ${bytes(spec.memory_limit)}`],
		['  Environment From:', `${configOf(service)}  ConfigMap`],
		['Conditions:', ''],
		['  Available', ready >= wanted * 0.75 ? 'True' : 'False'],
		['  Progressing', 'True']
	];
	const versions = new Map<string, number>();
	for (const pod of podsOf(view, service))
		if (pod.status !== 'Terminating') versions.set(pod.version, (versions.get(pod.version) ?? 0) + 1);
	const split = [...versions].map(([name, count]) => `${count} on ${name}`).join(', ');
	const events = eventsOf(view, [service]).filter(({ object }) => object === `deployment/${service}`);
	return `${columns([], [...lines, ['Pods:', split]], 2)}\n${eventLines(view, events)}`;
}

function describeService(view: ShellView, service: string): string {
	const lines = getTable(view, 'endpoints', [service], NO_ARGS).split('\n')[1] ?? '';
	return columns(
		[],
		[
			['Name:', service],
			['Namespace:', view.world.compiled.topology.namespace],
			['Selector:', `app=${service}`],
			['Port:', portsOf(view, service)],
			['Endpoints:', lines.split(/\s{3,}/)[1] ?? '<none>']
		],
		2
	);
}

function describeConfig(view: ShellView, service: string): string {
	const data = configData(view, service).map(([name, value]) => `${name}:\n----\n${value}`);
	return `Name:       ${configOf(service)}\nNamespace:  ${view.world.compiled.topology.namespace}\n\nData\n====\n${data.join('\n')}`;
}

function describeNode(view: ShellView, name: string): string {
	const pods = allPods(view).filter(({ node }) => node === name);
	if (pods.length === 0) return missing('node', name);
	const rows = pods.map((pod) => [
		`  ${view.world.compiled.topology.namespace}`,
		pod.name,
		age(view.nowMs - pod.createdMs)
	]);
	return [
		columns(
			[],
			[
				['Name:', name],
				['Roles:', '<none>'],
				['Conditions:', ''],
				['  MemoryPressure', 'False'],
				['  DiskPressure', 'False'],
				['  Ready', 'True']
			],
			2
		),
		`Non-terminated Pods:  (${pods.length} in this namespace)`,
		columns(['  Namespace', 'Name', 'Age'], rows)
	].join('\n');
}

function eventLines(view: ShellView, events: readonly ClusterEvent[]): string {
	if (events.length === 0) return 'Events:  <none>';
	const rows = events.map(({ atMs, type, reason, message }) => [`  ${type}`, reason, age(view.nowMs - atMs), message]);
	return `Events:\n${columns(['  Type', 'Reason', 'Age', 'Message'], rows)}`;
}

function controller(view: ShellView, pod: PodRow): string {
	return kindOf(view.world.compiled, pod.service) === 'statefulset'
		? `StatefulSet/${pod.service}`
		: `ReplicaSet/${pod.name.slice(0, pod.name.lastIndexOf('-'))}`;
}

export function bytes(value: number): string {
	return value >= 1024 ** 3 && value % 1024 ** 3 === 0
		? `${value / 1024 ** 3}Gi`
		: `${Math.round(value / 1024 ** 2)}Mi`;
}
