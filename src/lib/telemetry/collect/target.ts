import type { Labels, Series } from '../../promql/index.ts';
import type { Pod } from '../../world/index.ts';
import { SPREAD_MS } from './grid.ts';
import type { Instrument, Sampler, Subject } from './instrument.ts';

/** Subjects that read the same truth share a sampler and what it gave last. */
export interface Alike {
	sampler: Sampler;
	out: Float64Array;
	/** The moment for which `out` was computed, by the collector's count. */
	moment: number;
}

const NONE = new Float64Array(0);

/** Names of a label set, the series' own name first, so that equal sets print alike. */
function named(name: string, target: Labels, own: Labels): Labels {
	return Object.freeze({ __name__: name, ...target, ...own });
}

/**
 * One thing that is scraped, with the samples of all its series over the window that is held. Samples stand side by side:
 * index i of every array is the same scrape. Arrays are replaced, never shifted in place, since a reader may hold them.
 */
export class Target {
	/** Times of the whole window, and all columns one after the other, each as long as the window can grow. */
	clock = NONE;
	block = NONE;
	/** Index in the window from which on the target exists: what is shown begins there. */
	skip = 0;
	/** What is shown: a view of `clock`, and one of `block` per column. No views while nothing is held. */
	times = NONE;
	values: Float64Array[] = [];
	/** Over the whole window; set once a scrape found nothing, per column where an instrument is broken. */
	stale: Uint8Array | undefined;
	brokenStale: (Uint8Array | undefined)[] | null = null;
	/** How many of the samples can be seen now. */
	length = 0;
	/** Integrals of the counters up to the collector's cursor. */
	readonly sums: Float64Array;
	readonly checkpoints = new Map<number, Float64Array>();
	/** When the life began that `sums` counts. */
	countsSinceMs: number | null = null;
	alike: Alike | null = null;
	#lifeHint = 0;
	readonly #series: (StoredSeries | undefined)[] = [];
	#labels: Labels | null = null;

	constructor(
		readonly instrument: Instrument,
		public subject: Subject,
		readonly jitterMs: number,
		readonly restless: (tMs: number) => number,
		/** One series' own noise, by column. */
		readonly columnHash: number
	) {
		this.sums = new Float64Array(instrument.columns.length);
	}

	/** The series of a column: the same object for ever. */
	series(column: number): StoredSeries {
		let series = this.#series[column];
		if (series === undefined) {
			this.#labels ??= this.instrument.labels(this.subject);
			const spec = this.instrument.columns[column];
			if (spec === undefined) throw new Error(`${this.instrument.id} has no column ${column}`);
			series = new StoredSeries(this, column, named(spec.name, this.#labels, spec.labels));
			this.#series[column] = series;
		}
		return series;
	}

	/** Since when it can be scraped; a service as a whole always could. */
	beginsMs(): number {
		if (this.instrument.scope === 'service') return -Infinity;
		const first = this.subject.lives[0];
		if (first === undefined) return Infinity;
		return this.instrument.scope === 'pod' ? first.createdAtMs : first.startedAtMs;
	}

	/** When its last life ends; infinite while it lives. */
	endsMs(): number {
		const { lives } = this.subject;
		return lives[lives.length - 1]?.endedAtMs ?? Infinity;
	}

	/** Whether it exists at any time of a span. */
	existsIn(fromMs: number, toMs: number): boolean {
		return this.beginsMs() <= toMs && this.endsMs() + SPREAD_MS > fromMs;
	}

	/** The life that counts at a moment: the last that began; null before the first. */
	lifeAt(tMs: number): Pod | null {
		const { lives } = this.subject;
		// Time mostly moves on a little: begin where the last question ended.
		let at = this.#lifeHint < lives.length ? this.#lifeHint : lives.length - 1;
		while (at >= 0 && (lives[at]?.startedAtMs ?? 0) > tMs) at -= 1;
		while (at + 1 < lives.length && (lives[at + 1]?.startedAtMs ?? 0) <= tMs) at += 1;
		this.#lifeHint = Math.max(0, at);
		return lives[at] ?? null;
	}

	/** Whether it answers a scrape at a moment. */
	answersAt(tMs: number): boolean {
		const { scope } = this.instrument;
		if (scope === 'service') return true;
		if (scope === 'process') {
			const life = this.lifeAt(tMs);
			return life !== null && (life.endedAtMs === null || tMs < life.endedAtMs);
		}
		return this.beginsMs() <= tMs && tMs < this.endsMs();
	}
}

/** A view of one column of a target, as the query language reads it. */
export class StoredSeries implements Series {
	constructor(
		readonly target: Target,
		readonly column: number,
		readonly labels: Labels
	) {}

	get times(): Float64Array {
		return this.target.times;
	}

	get values(): Float64Array {
		return this.target.values[this.column] ?? this.target.times;
	}

	get length(): number {
		return this.target.length;
	}

	get stale(): Uint8Array | undefined {
		const { brokenStale, stale, skip } = this.target;
		const flags = brokenStale?.[this.column] ?? stale;
		return flags === undefined || skip === 0 ? flags : flags.subarray(skip);
	}
}
