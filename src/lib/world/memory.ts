import { baselineOf } from './baseline.ts';
import { covers, entriesOf, pick, type CurveEntry, type MetricNode } from './node.ts';
import { shapeContexts } from './own.ts';
import { podHistory } from './pods.ts';
import { keyed } from './random.ts';
import { shapeValue } from './shapes.ts';
import type { Curve, Pod, WorldState } from './types.ts';
import { remember, type World } from './world.ts';

/** A fresh process holds this share of what it will hold once warm. */
const COLD = 0.8;
const WARMING_MS = 120_000;
/** Pods leak at slightly different rates, so that they die one after another. */
const SPREAD = 0.03;

/** Memory of a service without curves: each pod warms up to its baseline. */
export function memoryBase(
	world: World,
	state: WorldState,
	service: string,
	labels: Record<string, string>
): MetricNode {
	const base = baselineOf(world, service, 'mem');
	const lives = livesOf(world, state, service, labels);
	const turnover = podHistory(world, state, service).some((pod) => pod.ended !== null);
	if (!turnover && labels.pod === undefined) return { at: () => base, quiet: true };
	return { at: (t) => meanAlive(lives, t, (pod) => warm(base, pod, t), base), quiet: !turnover };
}

/** Memory of a service as a share of its limit: the mean over its pods, each with its own leak since it was started. */
export function memoryNode(
	world: World,
	state: WorldState,
	service: string,
	labels: Record<string, string>,
	entries: readonly CurveEntry[]
): MetricNode {
	const base = memoryBase(world, state, service, labels);
	if (entries.length === 0) return base;
	const nominal = baselineOf(world, service, 'mem');
	const lives = livesOf(world, state, service, labels).map((pod) => ({
		...pod,
		value: podMemory(world, state, service, pod, entries)
	}));
	return { at: (t) => meanAlive(lives, t, (pod) => Math.min(1, pod.value(t)), nominal), quiet: false };
}

/** A container that will be killed for its memory. */
export interface Kill {
	service: string;
	pod: number;
	name: string;
	atMs: number;
}

/** The next moment after `tMs` at which a leaking pod reaches its limit and is killed, on the grid of seconds; null if none. */
export function nextOom(world: World, state: WorldState, tMs: number): Kill | null {
	// The answer stays right until its moment has passed, so it is searched for once per kill.
	const memo = remember(world, state, 'oom', () => ({ fromMs: Infinity, next: null as Kill | null }));
	const known = memo.fromMs <= tMs && (memo.next === null || memo.next.atMs > tMs);
	if (!known) {
		memo.next = searchOom(world, state, tMs);
		memo.fromMs = tMs;
	}
	return memo.next;
}

function searchOom(world: World, state: WorldState, tMs: number): Kill | null {
	let next: Kill | null = null;
	for (const service of leakingServices(state)) {
		const entries = entriesOf(world, state, service, 'mem');
		for (const pod of podHistory(world, state, service)) {
			const full = fullAt(world, state, service, pod, entries, tMs);
			if (full === null) continue;
			const atMs = Math.max(Math.ceil(full / 1000) * 1000, Math.floor(tMs / 1000) * 1000 + 1000);
			if (pod.endedAtMs !== null && pod.endedAtMs <= atMs) continue;
			if (next === null || atMs < next.atMs) next = { service, pod: pod.index, name: pod.name, atMs };
		}
	}
	return next;
}

/** The kernel kills a pod's process: its container begins anew. */
export function oomKill(state: WorldState, service: string, pod: number, atMs: number): WorldState {
	const restarts = [...state.restarts, { service, pod, atMs, reason: 'oom' as const, beganMs: atMs }];
	return { ...state, restarts: restarts.sort((a, b) => a.atMs - b.atMs) };
}

function leakingServices(state: WorldState): Set<string> {
	const services = new Set<string>();
	for (const [key, curves] of Object.entries(state.curves)) {
		if (key.endsWith('.mem') && curves.at(-1)?.shape === 'leak') services.add(key.slice(0, key.search(/[[.]/)));
	}
	return services;
}

function livesOf(world: World, state: WorldState, service: string, labels: Record<string, string>): Pod[] {
	return podHistory(world, state, service).filter(
		(pod) =>
			(labels.pod === undefined || labels.pod === pod.name) &&
			(labels.version === undefined || labels.version === pod.version)
	);
}

function meanAlive<P extends Pod>(lives: readonly P[], t: number, value: (pod: P) => number, none: number): number {
	let sum = 0;
	let count = 0;
	for (const pod of lives) {
		if (pod.startedAtMs > t || (pod.endedAtMs !== null && pod.endedAtMs <= t)) continue;
		sum += value(pod);
		count += 1;
	}
	return count === 0 ? none : sum / count;
}

function warm(base: number, pod: Pod, t: number): number {
	// Long warm: most pods at most times.
	if (t - pod.startedAtMs > 20 * WARMING_MS) return base;
	return base * (1 - (1 - COLD) * Math.exp(-Math.max(0, t - pod.startedAtMs) / WARMING_MS));
}

/** One pod's memory. Curves that begin at the value that is, begin at the pod's own. */
function podMemory(
	world: World,
	state: WorldState,
	service: string,
	pod: Pod,
	entries: readonly CurveEntry[]
): (tMs: number) => number {
	const nominal = baselineOf(world, service, 'mem');
	const base: MetricNode = { at: (t) => warm(nominal, pod, t), quiet: false };
	const contexts = shapeContexts(world, state, service, 'mem', base);
	const fitting = entries.filter((entry) => covers(entry.where, { version: pod.version, pod: pod.name }));
	const pace = paceOf(world, service, pod.index);
	const starts = new Map<Curve, number>();
	/** The pod's own value when a curve took over; what the curve says where it is the first. */
	const startOf = (curve: Curve): number => {
		let start = starts.get(curve);
		if (start === undefined) {
			start = pick(fitting, curve.atMs - 1) === null ? curve.from : Math.min(1, value(curve.atMs - 1));
			starts.set(curve, start);
		}
		return start;
	};
	const value = (t: number): number => {
		const found = pick(fitting, t);
		if (found === null) return base.at(t);
		const { entry, curve } = found;
		if (curve.shape === 'leak') {
			const rate = rateOf(curve) * pace;
			// A process that was started during the leak begins low and climbs at the same pace.
			if (pod.startedAtMs > curve.atMs) return warm(nominal, pod, t) + rate * (t - pod.startedAtMs);
			const first = pick(fitting, curve.atMs - 1) === null;
			return startOf(curve) + rate * (t - (first ? curve.originMs : curve.atMs));
		}
		const context = contexts(entry, curve);
		return shapeValue(curve, t, pod.startedAtMs > curve.atMs ? context : { ...context, from: startOf(curve) });
	};
	return value;
}

/** Share of the limit per millisecond. */
function rateOf(curve: Curve): number {
	return (curve.to - curve.from) / Math.max(1, curve.spanMs);
}

/** When a pod's present leak fills its memory; null where it does not leak. Milliseconds, not on the grid. */
function fullAt(
	world: World,
	state: WorldState,
	service: string,
	pod: Pod,
	entries: readonly CurveEntry[],
	tMs: number
): number | null {
	const fitting = entries.filter((entry) => covers(entry.where, { version: pod.version, pod: pod.name }));
	const curve = pick(fitting, Math.max(tMs, pod.startedAtMs))?.curve;
	if (curve === undefined || curve.shape !== 'leak' || curve.to <= curve.from) return null;
	if (pod.endedAtMs !== null && pod.endedAtMs <= tMs) return null;
	const value = podMemory(world, state, service, pod, entries);
	const from = Math.max(tMs, pod.startedAtMs, curve.atMs);
	const rate = rateOf(curve) * paceOf(world, service, pod.index);
	// Warming bends the line: a few steps of Newton's method settle it.
	let at = from;
	for (let i = 0; i < 6; i += 1) at += (1 - value(at)) / rate;
	return Math.max(at, from);
}

function paceOf(world: World, service: string, index: number): number {
	return 1 - SPREAD + 2 * SPREAD * keyed(world.seedHash, 'leak', service, index);
}
