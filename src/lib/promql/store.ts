/** A store of growing series in memory: what recording rules write and later rules read. */
import { metricName } from './eval/metric.ts';
import type { Labels, Matcher, Queryable, Series } from './series.ts';

class GrowingSeries implements Series {
	times = new Float64Array(64);
	values = new Float64Array(64);
	stale: Uint8Array | undefined;
	length = 0;

	constructor(readonly labels: Labels) {}

	append(timeMs: number, value: number, isStale: boolean): boolean {
		const last = this.length - 1;
		if (last >= 0 && timeMs < (this.times[last] as number)) return false;
		const at = last >= 0 && this.times[last] === timeMs ? last : this.length;
		if (at === this.times.length) this.grow();
		this.times[at] = timeMs;
		this.values[at] = isStale ? NaN : value;
		if (isStale && !this.stale) this.stale = new Uint8Array(this.times.length);
		if (this.stale) this.stale[at] = isStale ? 1 : 0;
		this.length = at + 1;
		return true;
	}

	/** Forgets samples up to a moment. */
	trim(beforeMs: number): void {
		let drop = 0;
		while (drop < this.length && (this.times[drop] as number) < beforeMs) drop += 1;
		if (drop === 0) return;
		// New arrays, since someone may still read the old ones.
		this.times = this.times.slice(drop);
		this.values = this.values.slice(drop);
		this.stale = this.stale?.slice(drop);
		this.length -= drop;
		if (this.times.length === 0) this.grow();
	}

	private grow(): void {
		const size = Math.max(64, this.times.length * 2);
		const [times, values] = [new Float64Array(size), new Float64Array(size)];
		times.set(this.times);
		values.set(this.values);
		if (this.stale) {
			const stale = new Uint8Array(size);
			stale.set(this.stale);
			this.stale = stale;
		}
		this.times = times;
		this.values = values;
	}
}

export interface MemoryStore extends Queryable {
	/** Adds a sample. Times of a series only grow: an older one is refused with `false`, the same time overwrites. */
	append(labels: Labels, timeMs: number, value: number): boolean;
	/** Marks a series as ended from here until its next sample. */
	appendStale(labels: Labels, timeMs: number): boolean;
	/** Forgets samples before a moment; the series stay. */
	trim(beforeMs: number): void;
	readonly series: readonly Series[];
	/** What each rule wrote at its last evaluation: where something is missing next time, its series has ended. */
	readonly written: Map<string, readonly Labels[]>;
}

function keyOf(labels: Labels): string {
	const parts: (string | number)[] = [];
	for (const name of Object.keys(labels).sort()) {
		const value = labels[name] ?? '';
		if (value !== '') parts.push(name.length, ':', name, value.length, ':', value);
	}
	return parts.join('');
}

class Store implements MemoryStore {
	readonly series: GrowingSeries[] = [];
	readonly written = new Map<string, readonly Labels[]>();
	private readonly byKey = new Map<string, GrowingSeries>();
	private readonly byLabels = new WeakMap<Labels, GrowingSeries>();
	private readonly byName = new Map<string, GrowingSeries[]>();
	/** Answers to selectors, good until another series comes. */
	private readonly answers = new Map<readonly Matcher[], readonly Series[]>();

	append(labels: Labels, timeMs: number, value: number): boolean {
		return this.seriesOf(labels).append(timeMs, value, false);
	}

	appendStale(labels: Labels, timeMs: number): boolean {
		return this.seriesOf(labels).append(timeMs, NaN, true);
	}

	trim(beforeMs: number): void {
		for (const series of this.series) series.trim(beforeMs);
	}

	select(matchers: readonly Matcher[]): readonly Series[] {
		let answer = this.answers.get(matchers);
		if (!answer) {
			const name = matchers.find((matcher) => matcher.name === metricName && matcher.op === '=');
			const candidates = name ? (this.byName.get(name.value) ?? []) : this.series;
			answer = candidates.filter((series) =>
				matchers.every((matcher) => matcher.matches(series.labels[matcher.name] ?? ''))
			);
			if (this.answers.size > 1000) this.answers.clear();
			this.answers.set(matchers, answer);
		}
		return answer;
	}

	private seriesOf(labels: Labels): GrowingSeries {
		const known = this.byLabels.get(labels);
		if (known) return known;
		const key = keyOf(labels);
		let series = this.byKey.get(key);
		if (!series) {
			series = new GrowingSeries(Object.freeze({ ...labels }));
			this.byKey.set(key, series);
			this.series.push(series);
			const name = labels[metricName] ?? '';
			const named = this.byName.get(name);
			if (named) named.push(series);
			else this.byName.set(name, [series]);
			this.answers.clear();
		}
		// Frozen labels cannot come to mean another series.
		if (Object.isFrozen(labels)) this.byLabels.set(labels, series);
		return series;
	}
}

export function createMemoryStore(): MemoryStore {
	return new Store();
}

/** Reads from several places as if they were one; where two have a series, both are given. */
export function overlay(...layers: readonly Queryable[]): Queryable {
	return {
		select(matchers, fromMs, toMs) {
			let found: readonly Series[] = [];
			for (const layer of layers) {
				const some = layer.select(matchers, fromMs, toMs);
				found = found.length === 0 ? some : some.length === 0 ? found : [...found, ...some];
			}
			return found;
		}
	};
}
