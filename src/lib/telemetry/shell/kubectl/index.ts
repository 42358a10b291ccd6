import type { CompiledScenario } from '../../../scenario/library.ts';
import { nearest } from '../../../scenario/nearest.ts';
import { hostCommand, HOST_COMMANDS } from '../host.ts';
import { allPods, podsOf, revisionsOf, valuesBy, workloads } from '../cluster.ts';
import { logLines } from '../log-lines.ts';
import { columns } from '../table.ts';
import { age } from '../times.ts';
import { look, SECOND, wrong, type Program, type Reading, type ShellView } from '../types.ts';
import { flag, lengthOf, type Args } from '../words.ts';
import { describe } from './describe.ts';
import { counts, getTable, missing, configOf } from './get.ts';
import { eventsOf, eventTable } from './events.ts';
import { argsOf, kindOf, otherNamespace, targetOf, VALUED, type Resource } from './parse.ts';

const VERBS = [
	'get',
	'describe',
	'logs',
	'top',
	'rollout',
	'events',
	'scale',
	'exec',
	'version',
	'config',
	'cluster-info'
];
const CHANGING = [
	'scale',
	'delete',
	'edit',
	'apply',
	'create',
	'replace',
	'patch',
	'set',
	'cordon',
	'uncordon',
	'drain',
	'taint',
	'annotate',
	'label',
	'autoscale',
	'expose',
	'run'
];
const ELSEWHERE: Record<string, string> = {
	'port-forward': 'curl reaches services from here without it',
	proxy: 'curl reaches services from here without it',
	cp: 'files cannot be copied from here',
	debug: 'use kubectl exec <pod> -- ps, df or free',
	attach: 'use kubectl logs',
	explain: 'the documentation is at kubernetes.io',
	'api-resources': 'known here are pods, deployments, statefulsets, services, nodes, events, hpa and configmaps',
	auth: 'what you may do is what is listed under Mitigations',
	wait: 'use kubectl rollout status',
	diff: 'Changes shows what was changed'
};
const MOST_LINES = 300;
const USUAL_LINES = 40;

export const kubectl: Program = {
	examples: (compiled) => {
		const name = firstDeployment(compiled);
		return [
			'kubectl get pods',
			`kubectl get pods -l app=${name} -o wide`,
			`kubectl logs deploy/${name} --tail=40`,
			`kubectl describe deploy ${name}`,
			`kubectl rollout history deploy/${name}`,
			'kubectl top pods',
			'kubectl get events'
		];
	},
	read(given, compiled) {
		const words = verbFirst(given);
		const [verb = ''] = words;
		const args = argsOf(verb, words.slice(1));
		const canonical = canonicalOf(verb, args);
		switch (verb) {
			case '':
			case 'help':
			case '--help':
				return look('kubectl help', 'kubectl', () => `kubectl here: ${VERBS.join(', ')}.`, 0);
			case 'get':
				return readGet(args, canonical, compiled);
			case 'describe': {
				const target = targetOf(args.rest);
				return target === null
					? unknownResource('describe', args)
					: look(canonical, 'kubectl', (view) => describe(view, target.resource, target.names));
			}
			case 'logs':
			case 'log':
				return readLogs(args, canonical);
			case 'top':
				return readTop(args, canonical);
			case 'events':
				return look(canonical, 'kubectl', (view) => eventTable(view, eventsOf(view, workloads(compiled))));
			case 'rollout':
				return readRollout(args, canonical, compiled);
			case 'exec':
				return readExec(args, canonical, compiled);
			case 'version':
				return look(canonical, 'kubectl', () => 'Client Version: v1.31.4\nServer Version: v1.31.4');
			case 'config':
				return look(
					canonical,
					'kubectl',
					(view) => `Current context: exercise, namespace ${view.world.compiled.topology.namespace}`
				);
			case 'cluster-info':
				return look(canonical, 'kubectl', () => 'Kubernetes control plane is running at https://10.100.0.1');
			default:
				if (CHANGING.includes(verb)) {
					if (verb === 'scale' && flag(args, '--replicas') === undefined)
						return wrong('error: required flag(s) "replicas" not set');
					return { type: 'change', canonical, subject: subjectOf(args, compiled) };
				}
				if (ELSEWHERE[verb] !== undefined)
					return wrong(`kubectl ${verb} is not part of this exercise: ${ELSEWHERE[verb] ?? ''}.`);
				return unknownVerb(verb);
		}
	},
	next(before, view) {
		const { compiled } = view.world;
		const names = workloads(compiled);
		const deployments = names.filter((name) => kindOf(compiled, name) === 'deployment');
		const [verb, second, third] = before;
		const pods = () => allPods(view).map(({ name }) => name);
		const flagged = (list: string[]) => list.filter((word) => !before.includes(word));
		switch (verb) {
			case undefined:
				return VERBS;
			case 'get':
				if (second === undefined)
					return ['pods', 'deploy', 'statefulsets', 'svc', 'nodes', 'events', 'hpa', 'configmap', 'rs', 'all'];
				if (/^po/.test(second)) return flagged(['-o wide', ...names.map((name) => `-l app=${name}`), ...pods()]);
				if (/^(no|ev|all)/.test(second)) return [];
				return /^(cm|config)/.test(second) ? names.map(configOf) : flagged([...names, '-o wide']);
			case 'describe':
				if (second === undefined) return ['pod', 'deploy', 'svc', 'node', 'configmap'];
				if (/^po/.test(second)) return pods();
				if (/^no/.test(second)) return [...new Set(allPods(view).map(({ node }) => node))];
				return /^(cm|config)/.test(second) ? names.map(configOf) : names;
			case 'logs':
				return second === undefined
					? [...deployments.map((name) => `deploy/${name}`), ...pods()]
					: flagged(['--tail=40', '--since=10m', '--previous']);
			case 'top':
				return second === undefined ? ['pods', 'nodes'] : flagged(names.map((name) => `-l app=${name}`));
			case 'rollout':
				if (second === undefined) return ['history', 'status', 'undo', 'restart'];
				return third === undefined ? deployments.map((name) => `deploy/${name}`) : [];
			case 'scale':
				return second === undefined ? deployments.map((name) => `deploy/${name}`) : flagged(['--replicas=']);
			case 'exec':
				if (second === undefined) return [...names.map((name) => `deploy/${name}`), ...pods()];
				return before.includes('--') ? HOST_COMMANDS : ['--'];
			default:
				return [];
		}
	}
};

/** `kubectl -n prod get pods`: flags may stand before the verb. */
function verbFirst(words: readonly string[]): string[] {
	let at = 0;
	while (at < words.length && (words[at] ?? '').startsWith('-')) {
		at += VALUED.has(words[at] ?? '') ? 2 : 1;
	}
	return [...words.slice(at), ...words.slice(0, at)];
}

function readGet(args: Args, canonical: string, compiled: CompiledScenario): Reading {
	const target = targetOf(args.rest);
	if (target === null) return unknownResource('get', args);
	const output = flag(args, '-o', '--output');
	if (output !== undefined && output !== 'wide' && output !== 'name')
		return wrong(`Only -o wide is known here, not -o ${output}: kubectl describe shows the rest.`, [
			`kubectl describe ${target.resource} ${target.names[0] ?? compiled.scenario.topology.services[0] ?? ''}`
		]);
	if (flag(args, '--field-selector') !== undefined)
		return wrong('Field selectors are not known here: pick lines with | grep instead.', [
			'kubectl get pods | grep -v Running'
		]);
	return look(canonical, 'kubectl', (view) => {
		const table = getTable(view, target.resource, target.names, args);
		const watched = args.flags.has('-w') || args.flags.has('--watch');
		return watched ? `${table}\n(watching is not possible here: run it again)` : table;
	});
}

function readLogs(args: Args, canonical: string): Reading {
	const [first, second] = args.rest;
	if (first === undefined && flag(args, '-l', '--selector') === undefined)
		return wrong('error: say whose logs: a pod or deploy/<name>.');
	const since = flag(args, '--since');
	const sinceMs = since === undefined ? null : lengthOf(since);
	if (since !== undefined && sinceMs === null)
		return wrong(`error: invalid duration "${since}" for --since: 10m or 90s.`);
	const tail = flag(args, '--tail');
	const limit = tail === undefined || tail === '-1' ? (sinceMs === null ? USUAL_LINES : MOST_LINES) : Number(tail);
	if (!Number.isInteger(limit) || limit < 1) return wrong(`error: invalid number "${tail ?? ''}" for --tail.`);
	const selector = /^app={1,2}(.+)$/.exec(flag(args, '-l', '--selector') ?? '')?.[1];
	const resource = first?.includes('/') ? first.slice(0, first.indexOf('/')) : undefined;
	// kubectl logs deploy core-api is not what kubectl accepts, and what people mean.
	const named =
		selector ??
		(first?.includes('/')
			? first.slice(first.indexOf('/') + 1)
			: /^(deploy|deployment|pod|sts)$/.test(first ?? '')
				? second
				: first);
	const name = named ?? '';
	return look(
		canonical,
		'logs',
		(view) => {
			const { compiled } = view.world;
			const other = otherNamespace(args, compiled);
			const pod = other === null ? allPods(view).find((each) => each.name === name) : undefined;
			const service = pod?.service ?? (workloads(compiled).includes(name) && other === null ? name : null);
			if (service === null) return missing(resource === undefined || /^po/.test(resource) ? 'pod' : 'deployment', name);
			const previous = args.flags.has('--previous') || args.flags.has('-p');
			let toMs = view.nowMs;
			if (previous) {
				const of = pod ?? podsOf(view, service).find(({ restartedMs }) => restartedMs !== null);
				if (of?.restartedMs == null)
					return `Error from server (BadRequest): previous terminated container "${service}" in pod "${name}" not found`;
				// Its last line is written in the moment of its end.
				toMs = of.restartedMs + 1;
			}
			return logLines(view, {
				service,
				pod: pod?.name ?? null,
				levels: [],
				text: '',
				fromMs: toMs - (sinceMs ?? 3_600_000),
				toMs,
				limit: Math.min(limit, MOST_LINES)
			});
		},
		2 * SECOND
	);
}

function readTop(args: Args, canonical: string): Reading {
	const target = targetOf(args.rest);
	if (target?.resource === 'node') return look(canonical, 'kubectl', topNodes, 2 * SECOND);
	if (target?.resource !== 'pod')
		return wrong('kubectl top knows pods and nodes.', ['kubectl top pods', 'kubectl top nodes']);
	const only = /^(?:app|service)={1,2}(.+)$/.exec(flag(args, '-l', '--selector') ?? '')?.[1];
	const { names } = target;
	return look(
		canonical,
		'kubectl',
		(view) => {
			const usage = usageOf(view);
			const pods = allPods(view).filter(
				(pod) => (only === undefined || pod.service === only) && (names.length === 0 || names.includes(pod.name))
			);
			if (pods.length === 0) return names.length > 0 ? missing('pod', names[0] ?? '') : 'No resources found';
			const rows = pods.flatMap((pod) => {
				const used = usage.get(pod.name);
				return used === undefined ? [] : [{ name: pod.name, ...used }];
			});
			const by = flag(args, '--sort-by');
			if (by === 'cpu') rows.sort((a, b) => b.cores - a.cores);
			if (by === 'memory') rows.sort((a, b) => b.bytes - a.bytes);
			if (rows.length === 0) return 'error: metrics not available yet';
			return columns(
				['NAME', 'CPU(cores)', 'MEMORY(bytes)'],
				rows.map(({ name, cores, bytes }) => [name, milli(cores), mebi(bytes)])
			);
		},
		2 * SECOND
	);
}

function usageOf(view: ShellView): Map<string, { cores: number; bytes: number }> {
	const cpu = valuesBy(view, 'sum by (pod) (rate(container_cpu_usage_seconds_total[1m]))', 'pod');
	const memory = valuesBy(view, 'sum by (pod) (container_memory_working_set_bytes)', 'pod');
	return new Map([...memory].map(([pod, bytes]) => [pod, { cores: cpu.get(pod) ?? 0, bytes }]));
}

const NODE_CORES = 64;
const NODE_BYTES = 256 * 1024 ** 3;

function topNodes(view: ShellView): string {
	const usage = usageOf(view);
	const nodes = new Map<string, { cores: number; bytes: number }>();
	for (const pod of allPods(view)) {
		const used = usage.get(pod.name);
		const sum = nodes.get(pod.node) ?? { cores: 0.4, bytes: 3 * 1024 ** 3 };
		nodes.set(pod.node, { cores: sum.cores + (used?.cores ?? 0), bytes: sum.bytes + (used?.bytes ?? 0) });
	}
	return columns(
		['NAME', 'CPU(cores)', 'CPU%', 'MEMORY(bytes)', 'MEMORY%'],
		[...nodes]
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([name, { cores, bytes }]) => [
				name,
				milli(cores),
				`${Math.round((100 * cores) / NODE_CORES)}%`,
				mebi(bytes),
				`${Math.round((100 * bytes) / NODE_BYTES)}%`
			])
	);
}

const milli = (cores: number) => `${Math.max(1, Math.round(cores * 1_000))}m`;
const mebi = (bytes: number) => `${Math.round(bytes / 1024 ** 2)}Mi`;

function readRollout(args: Args, canonical: string, compiled: CompiledScenario): Reading {
	const [what = '', ...rest] = args.rest;
	const target = targetOf(rest);
	if (!['history', 'status', 'undo', 'restart', 'pause', 'resume'].includes(what))
		return wrong(`kubectl rollout knows history, status, undo and restart, not "${what}".`);
	if (target === null || target.names[0] === undefined) {
		const name = firstDeployment(compiled);
		return wrong(`error: say of what: deploy/<name>.`, [`kubectl rollout ${what} deploy/${name}`]);
	}
	const [name] = target.names;
	const there = workloads(compiled).includes(name) && kindOf(compiled, name) === target.resource;
	if (!there) return look(canonical, 'kubectl', () => missing(target.resource, name));
	switch (what) {
		case 'history':
			return look(
				canonical,
				'deploy_history',
				(view) => history(view, name, target.resource, flag(args, '--revision')),
				2 * SECOND
			);
		case 'status':
			return look(canonical, 'kubectl', (view) => rolloutStatus(view, name, target.resource));
		default:
			return { type: 'change', canonical, subject: name };
	}
}

function history(view: ShellView, service: string, resource: Resource, revision: string | undefined): string {
	const revisions = revisionsOf(view, service);
	const head = `${resource}.apps/${service}`;
	if (revision !== undefined) {
		const found = revisions.find(({ n }) => String(n) === revision);
		if (found === undefined) return `error: unable to find the specified revision`;
		return `${head} with revision #${found.n}\nPod Template:\n  Labels:  app=${service}\n  Containers:\n   ${service}:\n    Image:  registry.example.com/${service}:${found.version}`;
	}
	const rows = revisions.map(({ n, version, atMs, cause }) => [
		String(n),
		`${service}:${version}`,
		`${age(view.nowMs - atMs)} ago`,
		cause === '' ? '<none>' : cause
	]);
	return `${head}\n${columns(['REVISION', 'IMAGE', 'AGE', 'CHANGE-CAUSE'], rows)}`;
}

function rolloutStatus(view: ShellView, service: string, resource: Resource): string {
	const { ready, wanted, current } = counts(view, service);
	const last = (view.state.versions[service] ?? []).findLast(({ atMs }) => atMs <= view.nowMs);
	const moving = last !== undefined && view.nowMs < last.atMs + last.rolloutMs;
	if (moving && current < wanted)
		return `Waiting for ${resource} "${service}" rollout to finish: ${current} out of ${wanted} new replicas have been updated...`;
	if (ready < wanted)
		return `Waiting for ${resource} "${service}" rollout to finish: ${ready} of ${wanted} updated replicas are available...`;
	const left = wanted - current;
	const note = left > 0 ? `\n(${left} of its pods still run an earlier version)` : '';
	return `${resource} "${service}" successfully rolled out${note}`;
}

function readExec(args: Args, canonical: string, compiled: CompiledScenario): Reading {
	const first = args.rest[0] ?? '';
	const command = args.after ?? args.rest.slice(1);
	const name = first.includes('/') ? first.slice(first.indexOf('/') + 1) : first;
	if (name === '' || command.length === 0)
		return wrong('error: say where and what: kubectl exec <pod> -- df -h', [
			`kubectl exec deploy/${firstDeployment(compiled)} -- df -h`
		]);
	return hostCommand(command, canonical, (view) => {
		const pod = allPods(view).find((each) => each.name === name);
		if (pod !== undefined) return { service: pod.service, pod };
		if (!workloads(view.world.compiled).includes(name)) return missing('pod', name);
		const [any] = podsOf(view, name).filter(({ ready }) => ready);
		return any === undefined ? `error: no pod of ${name} is ready` : { service: name, pod: any };
	});
}

/** Two lines that mean the same read the same: kinds in full, flags sorted, without the namespace. */
function canonicalOf(verb: string, args: Args): string {
	const parts: string[] = [];
	const [action = '', ...more] = args.rest;
	const rest = verb === 'rollout' ? more : args.rest;
	const target = targetOf(rest);
	if (verb === 'rollout') parts.push(action);
	if (target !== null) parts.push(target.resource, ...target.names);
	else parts.push(...rest);
	const flags = [...args.flags]
		.filter(([name]) => !['-n', '--namespace', '--context', '-it', '-i', '-t'].includes(name))
		.map(([name, value]) => (value === '' ? name : `${name}=${value}`))
		.sort();
	return ['kubectl', verb, ...parts, ...flags, ...(args.after === null ? [] : ['--', ...args.after])].join(' ');
}

function subjectOf(args: Args, compiled: CompiledScenario): string | null {
	const words = args.rest.flatMap((word) => word.split('/'));
	const names = workloads(compiled);
	return names.find((name) => words.some((word) => word === name || word.startsWith(`${name}-`))) ?? null;
}

function firstDeployment(compiled: CompiledScenario): string {
	return workloads(compiled).find((name) => compiled.services[name]?.kind === 'api') ?? workloads(compiled)[0] ?? 'app';
}

function unknownResource(verb: string, args: Args): Reading {
	const word = args.rest[0] ?? '';
	if (word === '')
		return wrong(`You must specify the type of resource to ${verb}: pods, deploy, svc, nodes, events, hpa, configmap.`);
	const near = nearest(word, ['pods', 'deployments', 'services', 'nodes', 'events', 'configmaps', 'statefulsets']);
	return wrong(
		`error: the server doesn't have a resource type "${word}"`,
		near === null ? [`kubectl ${verb} pods`] : [`kubectl ${verb} ${near}`]
	);
}

function unknownVerb(verb: string): Reading {
	const near = nearest(verb, VERBS);
	return wrong(`error: unknown command "${verb}" for "kubectl"`, near === null ? [] : [`kubectl ${near}`]);
}
