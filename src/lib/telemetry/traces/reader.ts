import { fakerPools, hashString, type FakerPools, type World } from '../../world/index.ts';
import type { Site } from '../collect/instrument.ts';
import { hashOfTraceId, requestNumber, requestSeed, spanIdOf, traceIdOf } from '../logs/ids.ts';
import { requestLines, type RequestLine, type RequestStream } from '../logs/requests.ts';
import { logsRequests, sampledOneIn } from '../logs/sampling.ts';
import { DURATION_BOUNDS } from '../shapes/durations.ts';
import type { Truth } from '../truth-view.ts';
import { buildTrace } from './build.ts';
import { Scene } from './scene.ts';
import { summaryOf } from './summary.ts';
import type { Exemplar, ExemplarQuery, Trace, TracePage, TracePoint, TraceQuery } from './types.ts';

/** Requests that one question reads at most, the newest first. */
const MOST_READ = 60_000;
/** What a scatter can show, and the seconds of a window that it is drawn from. */
const MOST_POINTS = 800;
const MOST_SECONDS = 300;
/** How long traces are kept. */
const KEPT_MS = 6 * 3_600_000;
/** A known moment of a trace is right to within this. */
const NEAR_MS = 3_000;
/** No second brings more than so many times the usual requests. */
const MOST_SURGE = 12;
const EXEMPLAR_SLOTS = 40;

/**
 * Traces by random access: every request that leaves a line has one, and it follows from the line's own hash, the truth
 * and the moment, so that it is the same whoever opens it, and whenever.
 */
export class TraceReader {
	readonly #sites: Site[];
	readonly #pools: FakerPools;
	readonly #sampledOneIn: number;
	readonly #seedHash: number;
	#truth: Truth | null = null;
	#streams = new Map<string, RequestStream>();
	#scene: Scene | null = null;

	constructor(world: World) {
		this.#seedHash = hashString(world.seed);
		this.#sites = Object.entries(world.compiled.services).map(([name, service]) => ({
			name,
			service,
			compiled: world.compiled,
			seedHash: this.#seedHash
		}));
		this.#pools = fakerPools(world.seed);
		this.#sampledOneIn = sampledOneIn(this.#sites, world.compiled.topology.load);
	}

	search(truth: Truth, query: TraceQuery): TracePage {
		const scene = this.#bind(truth);
		const services = query.service === null ? scene.entries() : scene.traced(query.service) ? [query.service] : [];
		const fits = filterOf(query);
		const found: RequestLine[] = [];
		const slowest = query.order === 'slowest';
		let looked = 0;
		const lookedFromMs = this.#each(services, query, 1, (line) => {
			looked += 1;
			if (fits(line)) found.push(line);
			return slowest || found.length < query.limit;
		});
		const whole = lookedFromMs === null;
		const chosen = slowest ? slowestOf(found, query.limit) : found;
		const points = whole ? found : this.#scattered(services, query, fits);
		return {
			traces: chosen.slice(0, query.limit).map((line) => summaryOf(buildTrace(scene, line))),
			points: [...thinned(points, MOST_POINTS)].sort((a, b) => a.simMs - b.simMs).map(pointOf),
			matched: found.length,
			looked,
			sampledOneIn: this.#sampledOneIn,
			lookedFromMs,
			services: this.#sites.filter(logsRequests).map(({ name }) => ({
				service: name,
				operations: scene.conditions(name).routes.map(({ method, path }) => `${method} ${path}`)
			}))
		};
	}

	/** Requests of evenly chosen seconds, so that a picture of the whole window costs no more than one of a part. */
	#scattered(services: readonly string[], query: TraceQuery, fits: (line: RequestLine) => boolean): RequestLine[] {
		const seconds = (query.toMs - query.fromMs) / 1000;
		const found: RequestLine[] = [];
		this.#each(services, query, Math.max(1, Math.ceil(seconds / MOST_SECONDS)), (line) => {
			if (fits(line)) found.push(line);
			return true;
		});
		return found;
	}

	/** A trace by its id; `nearMs` is when its line was written, where that is known. Null where none such was kept. */
	trace(truth: Truth, traceId: string, nowMs: number, nearMs: number | null): Trace | null {
		const hash = hashOfTraceId(traceId);
		if (hash === null) return null;
		const scene = this.#bind(truth);
		const near = nearMs === null ? null : this.#find(hash, nearMs - NEAR_MS, nearMs + NEAR_MS);
		const line = near ?? this.#find(hash, nowMs - KEPT_MS, nowMs);
		return line === null || line.simMs > nowMs ? null : buildTrace(scene, line);
	}

	/** Requests that stand for the buckets of the latency histograms, spread over a window. */
	exemplars(truth: Truth, { service, fromMs, toMs, limit }: ExemplarQuery): Exemplar[] {
		const scene = this.#bind(truth);
		const services = this.#sites
			.filter((site) => logsRequests(site) && (service === null || site.name === service))
			.map(({ name }) => name);
		// The slowest of each stretch is what people look for; one more shows the usual.
		const slots = new Map<string, RequestLine>();
		const slotMs = Math.max(1, (toMs - fromMs) / EXEMPLAR_SLOTS);
		const stride = Math.max(1, Math.ceil((toMs - fromMs) / 1000 / MOST_SECONDS));
		this.#each(services, { fromMs, toMs }, stride, (line) => {
			const slot = `${line.site.name}|${Math.floor((line.simMs - fromMs) / slotMs)}`;
			const slow = slots.get(slot);
			if (slow === undefined || line.seconds > slow.seconds) slots.set(slot, line);
			const usual = `${slot}|usual`;
			if (!slots.has(usual)) slots.set(usual, line);
			return true;
		});
		const chosen = [...new Set(slots.values())].sort((a, b) => a.simMs - b.simMs);
		return thinned(chosen, limit).map((line) => ({
			simMs: line.simMs,
			value: line.seconds,
			traceId: traceIdOf(line.hash),
			spanId: spanIdOf(line.hash),
			failed: line.failed,
			labels: bucketLabels(scene, line)
		}));
	}

	#bind(truth: Truth): Scene {
		if (this.#scene !== null && this.#truth === truth) return this.#scene;
		const context = { truth, pools: this.#pools, sampledOneIn: this.#sampledOneIn };
		this.#truth = truth;
		this.#scene = new Scene(truth, this.#sites, this.#pools);
		this.#streams = new Map(
			this.#sites.filter(logsRequests).map((site) => [site.name, requestLines(site, context)] as const)
		);
		return this.#scene;
	}

	/**
	 * Hands over requests of a window, newest first, of every `stride`-th second, until `take` has enough. Tells from when on
	 * it looked; null where it was at all.
	 */
	#each(
		services: readonly string[],
		window: { fromMs: number; toMs: number },
		stride: number,
		take: (line: RequestLine) => boolean
	): number | null {
		const streams = services.flatMap((service) => this.#streams.get(service) ?? []);
		let read = 0;
		const first = Math.floor(Math.max(window.fromMs, window.toMs - KEPT_MS) / 1000);
		for (let second = Math.ceil(window.toMs / 1000) - 1; second >= first; second -= stride) {
			if (read > MOST_READ) return (second + 1) * 1000;
			const lines = streams
				.flatMap((stream) => stream.linesIn(second))
				.filter((line) => line.simMs >= window.fromMs && line.simMs <= window.toMs)
				.sort((a, b) => b.simMs - a.simMs);
			for (const line of lines) {
				read += 1;
				if (!take(line)) return line.simMs;
			}
		}
		return first * 1000 > window.fromMs ? first * 1000 : null;
	}

	#find(hash: number, fromMs: number, toMs: number): RequestLine | null {
		const traced = [...this.#streams].map(([service, stream]) => {
			const site = this.#sites.find(({ name }) => name === service);
			const usual = ((site?.service.traffic ?? 0) * (site?.compiled.topology.load ?? 0)) / this.#sampledOneIn;
			return { stream, seed: requestSeed(this.#seedHash, service), most: Math.ceil(usual * MOST_SURGE) + 1 };
		});
		for (let second = Math.floor(toMs / 1000); second >= Math.floor(fromMs / 1000); second -= 1) {
			for (const { stream, seed, most } of traced) {
				if (requestNumber(seed, second, hash) >= most) continue;
				const line = stream.linesIn(second).find((each) => each.hash === hash);
				if (line !== undefined) return line;
			}
		}
		return null;
	}
}

function filterOf(query: TraceQuery): (line: RequestLine) => boolean {
	const min = query.minMs === null ? -Infinity : query.minMs / 1000;
	const max = query.maxMs === null ? Infinity : query.maxMs / 1000;
	return (line) =>
		(!query.errorsOnly || line.failed) &&
		(query.operation === '' || `${line.route.method} ${line.route.path}` === query.operation) &&
		line.seconds >= min &&
		line.seconds <= max;
}

/** Working a duration out takes longer than comparing it. */
function slowestOf(lines: readonly RequestLine[], limit: number): RequestLine[] {
	return lines
		.map((line) => ({ line, seconds: line.seconds }))
		.sort((a, b) => b.seconds - a.seconds)
		.slice(0, limit)
		.map(({ line }) => line);
}

function pointOf(line: RequestLine): TracePoint {
	const durationMs = line.seconds * 1000;
	return { traceId: traceIdOf(line.hash), startMs: line.simMs - durationMs, durationMs, failed: line.failed };
}

/** At most so many of them, evenly chosen, the first always. */
function thinned<T>(items: readonly T[], most: number): T[] {
	if (items.length <= most) return [...items];
	return Array.from({ length: most }, (_, i) => items[Math.floor((i * items.length) / most)]).filter(
		(item) => item !== undefined
	);
}

function bucketLabels(scene: Scene, line: RequestLine): Record<string, string> {
	const { topology } = scene.truth.world.compiled;
	const service = line.site.name;
	const { seconds, pod, route } = line;
	const bound = DURATION_BOUNDS.find((each) => seconds <= each);
	return {
		job: service,
		instance: pod.name,
		service,
		namespace: topology.namespace,
		region: topology.region,
		pod: pod.name,
		container: service,
		version: pod.version,
		endpoint: route.path,
		le: bound === undefined ? '+Inf' : String(bound)
	};
}
