import type { CompiledScenario } from '../../../scenario/library.ts';
import { workloads, isStateful } from '../cluster.ts';
import { flag, readArgs, type Args } from '../words.ts';

export type Resource =
	| 'pod'
	| 'deployment'
	| 'statefulset'
	| 'replicaset'
	| 'service'
	| 'endpoints'
	| 'node'
	| 'event'
	| 'hpa'
	| 'configmap'
	| 'namespace'
	| 'ingress'
	| 'job'
	| 'cronjob'
	| 'pvc'
	| 'secret'
	| 'all';

const RESOURCES: Record<string, Resource> = {};
const NAMES: [Resource, string[]][] = [
	['pod', ['po', 'pod', 'pods']],
	['deployment', ['deploy', 'deployment', 'deployments', 'deployments.apps', 'deployment.apps']],
	['statefulset', ['sts', 'statefulset', 'statefulsets', 'statefulset.apps']],
	['replicaset', ['rs', 'replicaset', 'replicasets', 'replicaset.apps']],
	['service', ['svc', 'service', 'services']],
	['endpoints', ['ep', 'endpoints']],
	['node', ['no', 'node', 'nodes']],
	['event', ['ev', 'event', 'events']],
	['hpa', ['hpa', 'horizontalpodautoscaler', 'horizontalpodautoscalers']],
	['configmap', ['cm', 'configmap', 'configmaps']],
	['namespace', ['ns', 'namespace', 'namespaces']],
	['ingress', ['ing', 'ingress', 'ingresses']],
	['job', ['job', 'jobs']],
	['cronjob', ['cj', 'cronjob', 'cronjobs']],
	['pvc', ['pvc', 'persistentvolumeclaim', 'persistentvolumeclaims']],
	['secret', ['secret', 'secrets']],
	['all', ['all']]
];
for (const [resource, names] of NAMES) for (const name of names) RESOURCES[name] = resource;

export const VALUED = new Set([
	'-n',
	'--namespace',
	'-l',
	'--selector',
	'-o',
	'--output',
	'--sort-by',
	'--tail',
	'--since',
	'-c',
	'--container',
	'--to-revision',
	'--revision',
	'--replicas',
	'--context',
	'--field-selector',
	'--limits',
	'--requests',
	'--grace-period',
	'--timeout',
	'--type',
	'-p',
	'-f',
	'--min',
	'--max',
	'--cpu-percent'
]);

export function resourceOf(word: string): Resource | null {
	return Object.hasOwn(RESOURCES, word.toLowerCase()) ? (RESOURCES[word.toLowerCase()] ?? null) : null;
}

/** `deploy/core-api`, `deploy core-api`, `pods`: a kind and the names. Null where the kind is unknown. */
export function targetOf(rest: readonly string[]): { resource: Resource; names: string[] } | null {
	const [first = '', ...more] = rest;
	const at = first.indexOf('/');
	if (at > 0) {
		const resource = resourceOf(first.slice(0, at));
		if (resource === null) return null;
		return { resource, names: [first.slice(at + 1), ...more.map((word) => word.slice(word.indexOf('/') + 1))] };
	}
	const resource = resourceOf(first);
	return resource === null ? null : { resource, names: [...more] };
}

/** Flags of `kubectl logs` and `kubectl exec` use letters that take values elsewhere. */
export function argsOf(verb: string, words: readonly string[]): Args {
	if (verb !== 'logs') return readArgs(words, VALUED);
	return readArgs(words, new Set([...VALUED].filter((name) => name !== '-p' && name !== '-f')));
}

/** Whether a namespace that a line names is the one there is. */
export function otherNamespace(args: Args, compiled: CompiledScenario): string | null {
	const named = flag(args, '-n', '--namespace');
	return named !== undefined && named !== compiled.topology.namespace && named !== 'default' ? named : null;
}

/** Service that a label selector picks: `app=core-api`; undefined for none, null for one that picks nothing. */
export function selected(args: Args, compiled: CompiledScenario): string | null | undefined {
	const selector = flag(args, '-l', '--selector');
	if (selector === undefined) return undefined;
	const match = /^(?:app|service|app\.kubernetes\.io\/name|k8s-app)={1,2}([\w-]+)$/.exec(selector);
	const name = match?.[1];
	return name !== undefined && workloads(compiled).includes(name) ? name : null;
}

/** Deployment or stateful set of a service. */
export function kindOf(compiled: CompiledScenario, service: string): 'deployment' | 'statefulset' {
	const spec = compiled.services[service];
	return spec !== undefined && isStateful(spec) ? 'statefulset' : 'deployment';
}
