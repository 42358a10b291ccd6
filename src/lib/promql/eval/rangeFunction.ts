/** Functions of the samples in a range, one series at a time. */
import { extrapolated, instant, regression } from './rate.ts';
import { startsAnew } from './startTime.ts';
import { mean, quantile, sum, variance } from './numeric.ts';
import { PromqlFailure } from '../result.ts';

export interface RangeSpan {
	/** The range is (startMs, endMs]. */
	readonly startMs: number;
	readonly endMs: number;
	/** The moment of evaluation, which an `@` or `offset` does not move. */
	readonly timeMs: number;
	/** When the counter behind each sample began to count, where the series knows it. */
	readonly starts: Float64Array | undefined;
}

/** Computes one value from the samples in [from, to). `parameters` are the scalar arguments in order. */
export type RangeFunction = (
	times: Float64Array,
	values: Float64Array,
	from: number,
	to: number,
	span: RangeSpan,
	parameters: readonly number[]
) => number;

export interface RangeFunctionSpec {
	readonly run: RangeFunction;
	/** With fewer samples a series has no result. */
	readonly least: 1 | 2;
	readonly keepsName?: true;
	/** One sample is enough where it is known when the counter began, inside the range. */
	readonly oneIfBegun?: true;
}

function extreme(better: (value: number, best: number) => boolean, wantTime: boolean): RangeFunction {
	return (times, values, from, to) => {
		let best = values[from] as number;
		let bestAt = from;
		for (let at = from + 1; at < to; at += 1) {
			const value = values[at] as number;
			if (better(value, best) || Number.isNaN(best)) {
				best = value;
				bestAt = at;
			}
		}
		return wantTime ? (times[bestAt] as number) / 1000 : best;
	};
}

const resets: RangeFunction = (times, values, from, to, { starts }) => {
	let count = 0;
	for (let at = from + 1; at < to; at += 1) {
		if ((values[at] as number) < (values[at - 1] as number) || (starts && startsAnew(starts, times, at))) count += 1;
	}
	return count;
};

const changes: RangeFunction = (_times, values, from, to) => {
	let count = 0;
	for (let at = from + 1; at < to; at += 1) {
		const before = values[at - 1] as number;
		const now = values[at] as number;
		if (now !== before && !(Number.isNaN(now) && Number.isNaN(before))) count += 1;
	}
	return count;
};

/** Median distance from the median; a NaN among the values makes it NaN. */
const medianDeviation: RangeFunction = (_times, values, from, to) => {
	const window = Array.from(values.subarray(from, to));
	if (window.some(Number.isNaN)) return NaN;
	const median = quantile(0.5, window);
	return quantile(
		0.5,
		window.map((value) => Math.abs(value - median))
	);
};

/** Holt's linear trend: a smoothed value and a smoothed slope. */
const smoothing: RangeFunction = (_times, values, from, to, _span, [smoothingFactor = 0, trendFactor = 0]) => {
	if (!(smoothingFactor > 0 && smoothingFactor < 1))
		throw new PromqlFailure(
			'execution',
			`invalid smoothing factor. Expected: 0 < sf < 1, got: ${smoothingFactor.toFixed(6)}`,
			0,
			0
		);
	if (!(trendFactor > 0 && trendFactor < 1))
		throw new PromqlFailure(
			'execution',
			`invalid trend factor. Expected: 0 < tf < 1, got: ${trendFactor.toFixed(6)}`,
			0,
			0
		);
	let before = 0;
	let level = values[from] as number;
	let trend = (values[from + 1] as number) - level;
	for (let at = from + 1; at < to; at += 1) {
		if (at > from + 1) trend = trendFactor * (level - before) + (1 - trendFactor) * trend;
		const next = smoothingFactor * (values[at] as number) + (1 - smoothingFactor) * (level + trend);
		before = level;
		level = next;
	}
	return level;
};

export const rangeFunctions: Readonly<Record<string, RangeFunctionSpec>> = {
	rate: { run: extrapolated(true, true), least: 2, oneIfBegun: true },
	increase: { run: extrapolated(true, false), least: 2, oneIfBegun: true },
	delta: { run: extrapolated(false, false), least: 2 },
	irate: { run: instant(true), least: 2 },
	idelta: { run: instant(false), least: 2 },
	deriv: {
		run: (times, values, from, to) => regression(times, values, from, to, times[from] as number).slope,
		least: 2
	},
	predict_linear: {
		run: (times, values, from, to, span, [seconds = 0]) => {
			const { slope, intercept } = regression(times, values, from, to, span.timeMs);
			return slope * seconds + intercept;
		},
		least: 2
	},
	double_exponential_smoothing: { run: smoothing, least: 2 },
	avg_over_time: { run: (_times, values, from, to) => mean(values, from, to), least: 1 },
	sum_over_time: { run: (_times, values, from, to) => sum(values, from, to), least: 1 },
	count_over_time: { run: (_times, _values, from, to) => to - from, least: 1 },
	min_over_time: { run: extreme((value, best) => value < best, false), least: 1 },
	max_over_time: { run: extreme((value, best) => value > best, false), least: 1 },
	first_over_time: { run: (_times, values, from) => values[from] as number, least: 1, keepsName: true },
	last_over_time: { run: (_times, values, _from, to) => values[to - 1] as number, least: 1, keepsName: true },
	stddev_over_time: { run: (_times, values, from, to) => Math.sqrt(variance(values, from, to)), least: 1 },
	stdvar_over_time: { run: (_times, values, from, to) => variance(values, from, to), least: 1 },
	mad_over_time: { run: medianDeviation, least: 1 },
	quantile_over_time: {
		run: (_times, values, from, to, _span, [q = NaN]) => quantile(q, Array.from(values.subarray(from, to))),
		least: 1
	},
	present_over_time: { run: () => 1, least: 1 },
	resets: { run: resets, least: 1 },
	changes: { run: changes, least: 1 },
	ts_of_first_over_time: { run: (times, _values, from) => (times[from] as number) / 1000, least: 1 },
	ts_of_last_over_time: { run: (times, _values, _from, to) => (times[to - 1] as number) / 1000, least: 1 },
	ts_of_min_over_time: { run: extreme((value, best) => value <= best, true), least: 1 },
	ts_of_max_over_time: { run: extreme((value, best) => value >= best, true), least: 1 }
};
