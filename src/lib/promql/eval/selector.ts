/** Reads series: the last sample before a moment, or all samples of a range. */
import type { Selector } from '../syntax/ast.ts';
import type { Series } from '../series.ts';
import type { Context } from './context.ts';
import type { Interner, Metric } from './metric.ts';
import { createWindows, pushWindow, type MatrixNode, type VectorNode } from './nodes.ts';
import type { Timing } from './timing.ts';
import { firstAfter } from './search.ts';
import { VectorBuilder } from './vector.ts';

const noHints = new Uint32Array(0);

/** The series of one selector, asked for once per query and remembered as long as they stay the same. */
class Source {
	series: readonly Series[] = [];
	metrics: Metric[] = [];
	/** Where the last search ended, per series: upper and lower bounds. */
	upper = noHints;
	lower = noHints;
	private asked = 0;

	constructor(
		private readonly selector: Selector,
		private readonly timing: Timing,
		private readonly interner: Interner,
		private readonly volatile: boolean
	) {}

	refresh(context: Context, reachMs: number, aheadMs = 0): void {
		const stamp = this.volatile ? context.query : context.tick;
		if (this.asked === stamp) return;
		this.asked = stamp;
		const { firstMs, lastMs } = this.timing.bounds(context);
		const found = context.queryable.select(this.selector.matchers, firstMs - reachMs, lastMs + aheadMs);
		const { series } = this;
		let same = found.length === series.length;
		for (let at = 0; same && at < found.length; at += 1) same = found[at] === series[at];
		if (same) return;
		this.series = found.slice();
		this.metrics = found.map((one) => this.interner.ofSeries(one));
		this.upper = new Uint32Array(found.length);
		this.lower = new Uint32Array(found.length);
	}
}

/** The newest sample of each series in (t - lookback, t], or its time in seconds with `wantTime`. */
export function instantSelector(
	selector: Selector,
	timing: Timing,
	interner: Interner,
	volatile: boolean,
	wantTime: boolean
): VectorNode {
	const source = new Source(selector, timing, interner, volatile);
	const out = new VectorBuilder();
	return (context) => {
		const { lookbackMs } = context.options;
		source.refresh(context, lookbackMs);
		const timeMs = timing.at(context);
		const { series, metrics, upper } = source;
		out.begin();
		for (let at = 0; at < series.length; at += 1) {
			const one = series[at] as Series;
			const { times } = one;
			const end = (upper[at] = firstAfter(times, one.length, timeMs, upper[at] as number));
			if (end === 0) continue;
			const sampleMs = times[end - 1] as number;
			if (sampleMs <= timeMs - lookbackMs || one.stale?.[end - 1] === 1) continue;
			out.push(metrics[at] as Metric, wantTime ? sampleMs / 1000 : (one.values[end - 1] as number));
		}
		context.touch(series.length, selector);
		return wantTime ? out.end() : out.endUnique(selector.start, selector.end);
	};
}

/** The value of each series at t, on the line between the samples before and after it. */
export function smoothedSelector(
	selector: Selector,
	timing: Timing,
	interner: Interner,
	volatile: boolean
): VectorNode {
	const source = new Source(selector, timing, interner, volatile);
	const out = new VectorBuilder();
	return (context) => {
		const { lookbackMs } = context.options;
		source.refresh(context, lookbackMs, lookbackMs);
		const timeMs = timing.at(context);
		out.begin();
		source.series.forEach((series, at) => {
			const around = createWindows();
			const from = firstAfter(series.times, series.length, timeMs - lookbackMs, 0);
			const to = firstAfter(series.times, series.length, timeMs + lookbackMs, from);
			if (series.stale) pushFresh(around, source.metrics[at] as Metric, series, series.stale, from, to);
			else if (from < to) pushWindow(around, source.metrics[at] as Metric, series.times, series.values, from, to);
			if (around.count === 0) return;
			const value = between(
				around.times[0] as Float64Array,
				around.values[0] as Float64Array,
				around.from[0] as number,
				around.to[0] as number,
				timeMs
			);
			if (value !== undefined) out.push(source.metrics[at] as Metric, value);
		});
		context.touch(source.series.length, selector);
		return out.endUnique(selector.start, selector.end);
	};
}

/** Before the first sample there is nothing; after the last, its value. */
function between(
	times: Float64Array,
	values: Float64Array,
	from: number,
	to: number,
	timeMs: number
): number | undefined {
	let next = from;
	while (next < to && (times[next] as number) < timeMs) next += 1;
	if (next < to && times[next] === timeMs) return values[next];
	if (next === from) return undefined;
	if (next === to) return values[to - 1];
	const [t0, t1] = [times[next - 1] as number, times[next] as number];
	const [v0, v1] = [values[next - 1] as number, values[next] as number];
	return v0 + ((v1 - v0) * (timeMs - t0)) / (t1 - t0);
}

/** All samples of each series in (t - range, t]; series without any are left out. */
export function rangeSelector(
	selector: Selector,
	timing: Timing,
	interner: Interner,
	volatile: boolean,
	rangeMs: (context: Context) => number
): MatrixNode {
	const source = new Source(selector, timing, interner, volatile);
	const windows = createWindows();
	return (context) => {
		const range = rangeMs(context);
		// Anchored and smoothed ranges need a sample from before the range, smoothed ones also from after it.
		const { lookbackMs } = context.options;
		const before = selector.bounds ? lookbackMs : 0;
		const after = selector.bounds === 'smoothed' ? lookbackMs : 0;
		source.refresh(context, range + before, after);
		const endMs = timing.at(context);
		const startMs = endMs - range;
		const { series, metrics, upper, lower } = source;
		windows.count = 0;
		windows.startMs = startMs;
		windows.endMs = endMs;
		let touched = 0;
		for (let at = 0; at < series.length; at += 1) {
			const one = series[at] as Series;
			const { times, length, stale } = one;
			const to = (upper[at] = firstAfter(times, length, endMs + after, upper[at] as number));
			const from = (lower[at] = firstAfter(times, length, startMs - before, lower[at] as number));
			if (from >= to) continue;
			touched += to - from;
			if (stale === undefined) pushWindow(windows, metrics[at] as Metric, times, one.values, from, to, one.starts);
			else pushFresh(windows, metrics[at] as Metric, one, stale, from, to);
		}
		context.touch(touched, selector);
		return windows;
	};
}

/** As `pushWindow`, without the stale markers. */
function pushFresh(
	windows: ReturnType<typeof createWindows>,
	metric: Metric,
	series: Series,
	stale: Uint8Array,
	from: number,
	to: number
): void {
	let marked = 0;
	for (let at = from; at < to; at += 1) marked += stale[at] as number;
	if (marked === to - from) return;
	if (marked === 0) {
		pushWindow(windows, metric, series.times, series.values, from, to, series.starts);
		return;
	}
	const times = new Float64Array(to - from - marked);
	const values = new Float64Array(to - from - marked);
	const starts = series.starts && new Float64Array(to - from - marked);
	let kept = 0;
	for (let at = from; at < to; at += 1) {
		if (stale[at] === 1) continue;
		times[kept] = series.times[at] as number;
		values[kept] = series.values[at] as number;
		if (starts) starts[kept] = series.starts?.[at] ?? 0;
		kept += 1;
	}
	pushWindow(windows, metric, times, values, 0, kept, starts);
}
