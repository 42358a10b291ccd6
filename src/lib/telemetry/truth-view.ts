import {
	breakpoints,
	failingAt,
	metricHandle,
	podHistory,
	seasonAt,
	type MetricHandle,
	type Pod,
	type World,
	type WorldState
} from '../world/index.ts';

const HOUR = 3_600_000;
/** The first pods of the history are taken to have lived before it, so that last week can be looked at. */
const EVER_MS = -60 * 24 * HOUR;

/** Moments of change are looked up for this much at a time. */
const BREAKS_MS = 30 * 60_000;

/**
 * The truth under one state of the world, as instruments read it. Values are rounded to single precision: an instrument
 * is no finer, and the same moment read under a later state gives the same number to the last bit.
 */
export class Truth {
	readonly #handles = new Map<string, MetricHandle>();
	readonly #lives = new Map<string, readonly Pod[]>();
	readonly #breaks = new Map<string, { fromMs: number; toMs: number; list: readonly number[] }>();
	readonly #remembered = new Map<string, unknown>();

	constructor(
		readonly world: World,
		readonly state: WorldState
	) {}

	/** A metric of a service, or of a part of it (`version`, `pod`, `endpoint`). */
	metric(service: string, metric: string, where: Record<string, string> = {}): MetricHandle {
		const key = `${service}|${metric}|${where.version ?? ''}|${where.pod ?? ''}|${where.endpoint ?? ''}`;
		let handle = this.#handles.get(key);
		if (handle === undefined) {
			const exact = metricHandle(this.world, this.state, service, where, metric);
			handle = (tMs) => Math.fround(exact(tMs));
			this.#handles.set(key, handle);
		}
		return handle;
	}

	/** Whether the scenario has ever moved this metric itself. */
	moved(service: string, metric: string, label?: string): boolean {
		return this.movedFromMs(service, metric, label) !== Infinity;
	}

	/** When the scenario first moved this metric itself; infinite where it never has. What was before that stays as it was. */
	movedFromMs(service: string, metric: string, label?: string): number {
		let fromMs = Infinity;
		for (const key in this.state.curves) {
			if (!key.startsWith(service) || !key.endsWith(`.${metric}`)) continue;
			const rest = key.slice(service.length, -metric.length - 1);
			if (
				rest === '' ? label === undefined : rest.startsWith('[') && (label === undefined || rest.includes(`${label}=`))
			)
				fromMs = Math.min(fromMs, this.state.curves[key]?.[0]?.atMs ?? Infinity);
		}
		return fromMs;
	}

	/** Requests per second that reach a service, all pods together, without noise. */
	requests(service: string): MetricHandle {
		const nominal = this.world.compiled.topology.load * (this.world.compiled.services[service]?.traffic ?? 0);
		const traffic = this.metric(service, 'traffic');
		return (tMs) => Math.fround(nominal * seasonAt(this.world, tMs)) * traffic(tMs);
	}

	failing(service: string, where: Record<string, string>, tMs: number): 'fast' | 'slow' {
		return failingAt(this.world, this.state, service, where, tMs);
	}

	/** Every life of every container, by slot and then by time. */
	lives(service: string): readonly Pod[] {
		let lives = this.#lives.get(service);
		if (lives === undefined) {
			const slots = new Set<number>();
			lives = podHistory(this.world, this.state, service).map((pod) => {
				const first = !slots.has(pod.index) && pod.startedAtMs < -6 * HOUR;
				slots.add(pod.index);
				return first ? { ...pod, createdAtMs: EVER_MS, startedAtMs: EVER_MS, readyAtMs: EVER_MS } : pod;
			});
			this.#lives.set(service, lives);
		}
		return lives;
	}

	/** Moments at which the truth about a service jumps or bends, ascending: at least those in the span. */
	breaks(service: string, fromMs: number, toMs: number): readonly number[] {
		let known = this.#breaks.get(service);
		if (known === undefined || fromMs < known.fromMs || toMs > known.toMs) {
			const from = Math.floor(fromMs / BREAKS_MS) * BREAKS_MS;
			const to = Math.ceil(toMs / BREAKS_MS) * BREAKS_MS;
			known = { fromMs: from, toMs: to, list: breakpoints(this.world, this.state, service, from, to) };
			this.#breaks.set(service, known);
		}
		return known.list;
	}

	/** What `make` says about a service, made once. */
	remember<T>(what: string, service: string, make: () => T): T {
		const key = `${what}|${service}`;
		if (this.#remembered.has(key)) return this.#remembered.get(key) as T;
		const made = make();
		this.#remembered.set(key, made);
		return made;
	}

	/** Pods that serve at a moment. */
	ready(service: string, tMs: number): number {
		const { times, counts } = this.remember('ready', service, () => readySteps(this.lives(service)));
		return counts[firstAfter(times, tMs) - 1] ?? 0;
	}
}

/** Number of serving pods as a step function: from `times[i]` on there are `counts[i]`. */
function readySteps(lives: readonly Pod[]): { times: number[]; counts: number[] } {
	const edges: { atMs: number; by: number }[] = [];
	for (const life of lives) {
		if (life.endedAtMs !== null && life.endedAtMs <= life.readyAtMs) continue;
		edges.push({ atMs: life.readyAtMs, by: 1 });
		if (life.endedAtMs !== null) edges.push({ atMs: life.endedAtMs, by: -1 });
	}
	edges.sort((a, b) => a.atMs - b.atMs);
	const times: number[] = [];
	const counts: number[] = [];
	let count = 0;
	for (const { atMs, by } of edges) {
		count += by;
		times.push(atMs);
		counts.push(count);
	}
	return { times, counts };
}

/** Index of the first of ascending times that is past a moment. */
export function firstAfter(times: readonly number[], tMs: number): number {
	let low = 0;
	let high = times.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((times[middle] ?? 0) <= tMs) low = middle + 1;
		else high = middle;
	}
	return low;
}

export function livesAt(life: Pod, tMs: number): boolean {
	return life.startedAtMs <= tMs && (life.endedAtMs === null || tMs < life.endedAtMs);
}

export function servesAt(life: Pod, tMs: number): boolean {
	return life.readyAtMs <= tMs && (life.endedAtMs === null || tMs < life.endedAtMs);
}
