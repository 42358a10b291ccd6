// A run as a worker sees it: what is scraped and what rules recorded, on the clock of whoever asks. It knows the world, but
// gives away only what the instruments show.

import { createEngine } from '../../engine/index.ts';
import type { Engine } from '../../engine/types.ts';
import type { Matcher, Queryable, Series } from '../../promql/index.ts';
import { PromqlFailure } from '../../promql/result.ts';
import type { CompiledScenario } from '../../scenario/library.ts';
import { STEP_MS } from '../../telemetry/collect/grid.ts';
import { tellsMoments } from '../../telemetry/moments.ts';
import type { WorldState } from '../../world/types.ts';
import { Recorded } from './recorded.ts';
import { TOO_MANY_SAMPLES } from './words.ts';

/** Samples one question may have made, before the evaluator counts them itself. */
const MOST_SAMPLES = 12_000_000;
/** After this many a view has grown so much that it is better made anew. */
const SWOLLEN_SAMPLES = 4_000_000;

/** Further back nothing is kept: a real Prometheus forgets as well, and the integral of a year's traffic is nobody's question. */
const RETENTION_MS = 32 * 24 * 3_600_000;

/** A series on another clock. One object per series, since the evaluator remembers label signatures by it. */
interface View {
	labels: Series['labels'];
	times: Float64Array;
	values: Float64Array;
	length: number;
	stale?: Uint8Array;
}

export class RunView {
	readonly engine: Engine;
	readonly seed: string;
	readonly #recorded: Recorded;
	#views = new WeakMap<Series, View>();
	#viewsBaseMs = 0;
	#world: WorldState | null = null;
	#simMs = 0;
	#samples = 0;
	#spent = 0;

	constructor(compiled: CompiledScenario, seed: string) {
		this.engine = createEngine(compiled, seed);
		this.seed = seed;
		const { observation, rules } = this.engine.machinery(seed);
		this.#recorded = new Recorded(compiled, observation, rules.warmUpMs);
	}

	get simMs(): number {
		return this.#simMs;
	}
	get world(): WorldState {
		if (!this.#world) throw new Error('There is nothing to see before a world is shown.');
		return this.#world;
	}
	/** Whether it holds so much by now that it should be thrown away. */
	get swollen(): boolean {
		return this.#samples > SWOLLEN_SAMPLES;
	}

	/** Sees this world from now on. */
	show(world: WorldState, simMs: number): void {
		// Time went back: another run of the same name, or one that lost its last moments. Nothing recorded holds then.
		if (simMs < this.#simMs) this.#recorded.forget();
		this.#world = world;
		this.#simMs = simMs;
		this.#spent = 0;
	}

	/** Everything that can be asked for; `baseMs` is what simulated time 0 is on the asker's clock. */
	queryable(baseMs: number, options: { recorded: boolean } = { recorded: true }): Queryable {
		if (this.#viewsBaseMs !== baseMs) {
			this.#viewsBaseMs = baseMs;
			this.#views = new WeakMap();
		}
		const { observation } = this.engine;
		const scraped = observation.queryable(this.world, this.#simMs);
		return {
			select: (matchers, fromMs, toMs) => {
				const from = Math.max(fromMs - baseMs, this.#simMs - RETENTION_MS);
				const to = Math.min(toMs - baseMs, this.#simMs);
				if (from > to) return [];
				this.#guard(scraped, matchers, from, to);
				const found = scraped.select(matchers, from, to).map((series) => this.#shifted(series, baseMs));
				if (!options.recorded || !this.#recorded.concerns(matchers)) return found;
				const recorded = this.#recorded.select(this.world, matchers, from, to);
				return [...found, ...recorded.map((series) => this.#shifted(series, baseMs))];
			}
		};
	}

	/** Refuses before samples are made, by how many series there are now and how long the span is. */
	#guard(scraped: Queryable, matchers: readonly Matcher[], fromMs: number, toMs: number): void {
		const steps = (toMs - fromMs) / STEP_MS;
		// Nothing that few series could make much of.
		const count = steps > 500 ? scraped.select(matchers, toMs - 2 * STEP_MS, toMs).length : 0;
		this.#spent += steps * Math.max(1, count);
		this.#samples += steps * count;
		if (this.#spent > MOST_SAMPLES) throw new PromqlFailure('execution', TOO_MANY_SAMPLES, 0, 0);
	}

	#shifted(series: Series, baseMs: number): Series {
		if (baseMs === 0) return series;
		let view = this.#views.get(series);
		if (!view) this.#views.set(series, (view = { ...series, times: new Float64Array(), length: 0 }));
		const { times, values, length, stale } = series;
		view.times = new Float64Array(length);
		for (let at = 0; at < length; at += 1) view.times[at] = (times[at] ?? 0) + baseMs;
		view.values = tellsMoments(series.labels.__name__)
			? values.slice(0, length).map((value) => value + baseMs / 1000)
			: values;
		view.length = length;
		if (stale) view.stale = stale;
		else delete view.stale;
		return view;
	}
}
