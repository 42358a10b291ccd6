import type { CompiledScenario } from '../../scenario/library.ts';
import type { Service } from '../../scenario/scenario.schema.ts';
import { evaluateInstant, parse } from '../../promql/index.ts';
import { desiredAt, fakerPools, keyedHash, podHistory, type FakerPools, type Pod } from '../../world/index.ts';
import { pickFrom } from '../logs/template.ts';
import { Truth } from '../truth-view.ts';
import { changesUntil } from '../families/changes.ts';
import type { ShellView } from './types.ts';

/** What the cluster's own records say at a moment: pods, revisions, addresses. */

const STATEFUL: readonly string[] = ['db', 'cache', 'queue', 'storage'];
const TERMINATING_MS = 20_000;
const CRASHES_UNTIL_BACKOFF = 3;
const BACKOFF_WITHIN_MS = 600_000;

export interface PodRow {
	name: string;
	service: string;
	version: string;
	ready: boolean;
	status: 'Running' | 'CrashLoopBackOff' | 'OOMKilled' | 'ContainerCreating' | 'Terminating';
	/** As the restart counter has it. */
	restarts: number;
	/** When the container was last started again; null where it never was. */
	restartedMs: number | null;
	createdMs: number;
	ip: string;
	node: string;
	/** Lives of its container until now. */
	lives: readonly Pod[];
}

export interface Revision {
	n: number;
	version: string;
	atMs: number;
	cause: string;
}

export function isOurs(service: Service): boolean {
	return service.kind !== 'vendor';
}

export function isStateful(service: Service): boolean {
	return STATEFUL.includes(service.kind);
}

/** Where requests come in from outside: it ends their TLS, whether a probe watches it or not. */
export function isEdge(compiled: CompiledScenario, name: string): boolean {
	const service = compiled.services[name];
	if (service === undefined || !isOurs(service)) return false;
	return (
		service.exports.includes('tls') ||
		(service.kind === 'network' && !compiled.dependencies.some(({ to }) => to === name))
	);
}

/** Services that run in the cluster. */
export function workloads(compiled: CompiledScenario): string[] {
	return Object.entries(compiled.services)
		.filter(([, service]) => isOurs(service))
		.map(([name]) => name);
}

export function serviceIn(view: ShellView, name: string): Service {
	const service = view.world.compiled.services[name];
	if (service === undefined) throw new Error(`no service ${name}`);
	return service;
}

const truths = new WeakMap<object, Truth>();

export function truthOf(view: ShellView): Truth {
	let truth = truths.get(view.state);
	if (truth === undefined || truth.world !== view.world)
		truths.set(view.state, (truth = new Truth(view.world, view.state)));
	return truth;
}

const pools = new WeakMap<object, FakerPools>();

export function poolsOf(view: ShellView): FakerPools {
	let known = pools.get(view.world);
	if (known === undefined) pools.set(view.world, (known = fakerPools(view.world.seed)));
	return known;
}

/** The node a pod stands on: the host that its log lines name. */
export function nodeOf(view: ShellView, pod: string): string {
	return pickFrom(poolsOf(view).hosts, keyedHash(view.world.seedHash, pod), 'host');
}

export function podIp(view: ShellView, pod: string): string {
	const hash = keyedHash(view.world.seedHash, 'ip', pod);
	return `10.${64 + (hash % 64)}.${(hash >>> 8) % 256}.${1 + ((hash >>> 16) % 254)}`;
}

export function clusterIp(view: ShellView, service: string): string {
	const hash = keyedHash(view.world.seedHash, 'cluster-ip', service);
	return `10.100.${hash % 256}.${1 + ((hash >>> 8) % 254)}`;
}

/** Pods of a service that the API server knows of now, by name. */
export function podsOf(view: ShellView, service: string): PodRow[] {
	const { world, state, nowMs } = view;
	const truth = truthOf(view);
	const counted = truth.moved(service, 'restarts') ? truth.metric(service, 'restarts')(nowMs) : null;
	const byName = new Map<string, Pod[]>();
	for (const life of podHistory(world, state, service)) {
		if (life.createdAtMs > nowMs) continue;
		const key = `${life.name}|${life.version}`;
		byName.set(key, [...(byName.get(key) ?? []), life]);
	}
	const rows: PodRow[] = [];
	for (const all of byName.values()) {
		const lives = all.filter((life) => life.startedAtMs <= nowMs);
		const first = all[0];
		const last = lives.at(-1) ?? first;
		if (first === undefined || last === undefined) continue;
		const over = last.ended !== 'oom' && last.endedAtMs !== null && last.endedAtMs <= nowMs;
		if (over && nowMs - (last.endedAtMs ?? 0) > TERMINATING_MS) continue;
		const alive = lives.find((life) => life.endedAtMs === null || nowMs < life.endedAtMs);
		const ready = !over && alive !== undefined && alive.readyAtMs <= nowMs;
		const ends = lives.filter((life) => life.ended === 'oom' && (life.endedAtMs ?? Infinity) <= nowMs);
		const lately = ends.filter((life) => (life.endedAtMs ?? 0) > nowMs - BACKOFF_WITHIN_MS).length;
		const crashing = truth.metric(service, 'crashloop', { version: last.version })(nowMs) >= 0.5;
		const status = over
			? 'Terminating'
			: crashing || (!ready && lately >= CRASHES_UNTIL_BACKOFF)
				? 'CrashLoopBackOff'
				: alive !== undefined
					? 'Running'
					: ends.length > 0
						? 'OOMKilled'
						: 'ContainerCreating';
		rows.push({
			name: first.name,
			service,
			version: last.version,
			ready: ready && status === 'Running',
			status,
			restarts:
				counted === null ? ends.length : Math.floor((counted + first.index) / serviceIn(view, service).replicas),
			restartedMs: ends.at(-1)?.endedAtMs ?? null,
			createdMs: first.createdAtMs,
			ip: podIp(view, first.name),
			node: nodeOf(view, first.name),
			lives
		});
	}
	return rows.sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function allPods(view: ShellView): PodRow[] {
	return workloads(view.world.compiled).flatMap((service) => podsOf(view, service));
}

export function wantedPods(view: ShellView, service: string): number {
	return desiredAt(view.world, view.state, service, view.nowMs);
}

/** Revisions of a deployment until now, oldest first: releases, and restarts, each of which is a revision too. */
export function revisionsOf(view: ShellView, service: string): Revision[] {
	const { world, state, nowMs } = view;
	const spec = serviceIn(view, service);
	const shifts = (state.versions[service] ?? []).filter(({ atMs }) => atMs <= nowMs);
	const restarts = [
		...new Set(
			state.restarts
				.filter((one) => one.service === service && one.reason === 'restart' && one.beganMs <= nowMs)
				.map(({ beganMs }) => beganMs)
		)
	];
	const base = 3 + (keyedHash(world.seedHash, 'revision', service) % 60);
	const before = shifts[0]?.previous || spec.version;
	const titles = new Map(
		changesUntil(truthOf(view), nowMs)
			.filter(({ labels }) => labels.service === service)
			.map(({ atMs, labels }) => [atMs, labels.title ?? ''])
	);
	const steps = [
		...shifts.map((shift) => ({
			atMs: shift.atMs,
			version: shift.version as string | null,
			cause: titles.get(shift.atMs) ?? ''
		})),
		...restarts.map((atMs) => ({ atMs, version: null, cause: 'kubectl rollout restart' }))
	].sort((a, b) => a.atMs - b.atMs);
	const daysAgo = 3 + (keyedHash(world.seedHash, 'released', service) % 12);
	const revisions: Revision[] = [
		{ n: base, version: before, atMs: -daysAgo * 86_400_000, cause: `${service} ${before}` }
	];
	let version = before;
	for (const step of steps) {
		version = step.version ?? version;
		revisions.push({ n: base + revisions.length, version, atMs: step.atMs, cause: step.cause });
	}
	return revisions;
}

/** Values of an instant query now, by the value of one label. Empty where there are none. */
export function valuesBy(view: ShellView, query: string, label: string): Map<string, number> {
	const parsed = parse(query);
	const found = new Map<string, number>();
	if (!parsed.ok) return found;
	const queryable = view.observation.queryable(view.state, view.nowMs);
	const result = evaluateInstant(parsed.value, queryable, view.nowMs, { maxSamples: 500_000 });
	if (!result.ok || result.value.value.type !== 'vector') return found;
	for (const { labels, value } of result.value.value.samples) found.set(labels[label] ?? '', value);
	return found;
}

/** The value of a query that has one; null where there is none. */
export function valueOf(view: ShellView, query: string): number | null {
	return [...valuesBy(view, query, '').values()][0] ?? null;
}
