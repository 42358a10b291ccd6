/** Rates of change, with the extrapolation and the counter resets of Prometheus. */
import type { RangeFunction, RangeSpan } from './rangeFunction.ts';
import { beginsInside, startsAnew } from './startTime.ts';

/**
 * Change over the range, extrapolated to its ends: all the way where the first or last sample lies within 1.1 average
 * intervals of the end, otherwise by half an interval; a counter never below zero. At least two samples.
 */
export function extrapolated(isCounter: boolean, perSecond: boolean): RangeFunction {
	return (times, values, from, to, span) => {
		const last = to - 1;
		const first = values[from] as number;
		let change = (values[last] as number) - first;
		if (isCounter) {
			let previous = first;
			for (let at = from + 1; at < to; at += 1) {
				const value = values[at] as number;
				if (value < previous || (span.starts && startsAnew(span.starts, times, at))) change += previous;
				previous = value;
			}
			if (span.starts && beginsInside(span.starts, times, from, span.startMs))
				return fromBegin(times, first + change, from, last, span, span.starts[from] as number, perSecond);
		}
		const sampled = ((times[last] as number) - (times[from] as number)) / 1000;
		const interval = sampled / (last - from);
		let toStart = ((times[from] as number) - span.startMs) / 1000;
		let toEnd = (span.endMs - (times[last] as number)) / 1000;
		const threshold = interval * 1.1;
		if (toStart >= threshold) toStart = interval / 2;
		if (isCounter && change > 0 && first >= 0) toStart = Math.min(toStart, sampled * (first / change));
		if (toEnd >= threshold) toEnd = interval / 2;
		let factor = (sampled + toStart + toEnd) / sampled;
		if (perSecond) factor /= (span.endMs - span.startMs) / 1000;
		return change * factor;
	};
}

/** The counter began inside the range, at zero: nothing is guessed before that, and after the last sample as ever. */
function fromBegin(
	times: Float64Array,
	change: number,
	from: number,
	last: number,
	span: RangeSpan,
	beganMs: number,
	perSecond: boolean
): number {
	const lastMs = times[last] as number;
	const counted = (lastMs - beganMs) / 1000;
	const interval = last > from ? (lastMs - (times[from] as number)) / 1000 / (last - from) : 0;
	const toEnd = (span.endMs - lastMs) / 1000;
	const factor = (counted + (toEnd >= interval * 1.1 ? interval / 2 : toEnd)) / counted;
	return (change * factor) / (perSecond ? (span.endMs - span.startMs) / 1000 : 1);
}

/** Change between the last two samples. */
export function instant(isRate: boolean): RangeFunction {
	return (times, values, _from, to, { starts }) => {
		const before = values[to - 2] as number;
		const now = values[to - 1] as number;
		if (!isRate) return now - before;
		const change = now < before || (starts && startsAnew(starts, times, to - 1)) ? now : now - before;
		return change / (((times[to - 1] as number) - (times[to - 2] as number)) / 1000);
	};
}

/** Least squares through values[from, to): slope per second, and the height at `atMs`. Constant values have no slope. */
export function regression(
	times: Float64Array,
	values: Float64Array,
	from: number,
	to: number,
	atMs: number
): { slope: number; intercept: number } {
	const first = values[from] as number;
	const n = to - from;
	let constant = true;
	let sumX = 0;
	let cX = 0;
	let sumY = 0;
	let cY = 0;
	let sumXY = 0;
	let cXY = 0;
	let sumXX = 0;
	let cXX = 0;
	for (let at = from; at < to; at += 1) {
		const y = values[at] as number;
		const x = ((times[at] as number) - atMs) / 1000;
		if (y !== first) constant = false;
		// Kahan's sum four times over, written out because this runs once per sample.
		let next = sumX + x;
		cX += Math.abs(sumX) >= Math.abs(x) ? sumX - next + x : x - next + sumX;
		sumX = next;
		next = sumY + y;
		cY += Math.abs(sumY) >= Math.abs(y) ? sumY - next + y : y - next + sumY;
		sumY = next;
		const xy = x * y;
		next = sumXY + xy;
		cXY += Math.abs(sumXY) >= Math.abs(xy) ? sumXY - next + xy : xy - next + sumXY;
		sumXY = next;
		const xx = x * x;
		next = sumXX + xx;
		cXX += Math.abs(sumXX) >= Math.abs(xx) ? sumXX - next + xx : xx - next + sumXX;
		sumXX = next;
	}
	if (constant) return Number.isFinite(first) ? { slope: 0, intercept: first } : { slope: NaN, intercept: NaN };
	sumX += cX;
	sumY += cY;
	sumXY += cXY;
	sumXX += cXX;
	const slope = (sumXY - (sumX * sumY) / n) / (sumXX - (sumX * sumX) / n);
	return { slope, intercept: sumY / n - (slope * sumX) / n };
}

/**
 * Rates over `anchored` and `smoothed` ranges: no extrapolation, but the value at each end of the range, taken from the
 * sample before it (anchored) or interpolated between the samples around it (smoothed). NaN-free; `undefined` where
 * nothing lies in the range.
 */
export function bounded(
	times: Float64Array,
	values: Float64Array,
	from: number,
	to: number,
	span: RangeSpan,
	smoothed: boolean,
	isCounter: boolean,
	perSecond: boolean
): number | undefined {
	let first = from;
	while (first + 1 < to && (times[first + 1] as number) <= span.startMs) first += 1;
	let last = to - 1;
	if (smoothed) while (last > from && (times[last - 1] as number) >= span.endMs) last -= 1;
	if ((times[last] as number) <= span.startMs) return undefined;
	const between = (before: number, atMs: number) => {
		const [a, b] = [values[before] as number, values[before + 1] as number];
		const base = isCounter && b < a ? 0 : a;
		return (
			base +
			((b - base) * (atMs - (times[before] as number))) / ((times[before + 1] as number) - (times[before] as number))
		);
	};
	const left =
		smoothed && (times[first] as number) < span.startMs && first + 1 < to
			? between(first, span.startMs)
			: (values[first] as number);
	const right =
		smoothed && last > from && (times[last] as number) > span.endMs
			? between(last - 1, span.endMs)
			: (values[last] as number);
	let change = right - left;
	if (isCounter) {
		const begin = (times[first] as number) <= span.startMs ? first + 1 : first;
		const end = (times[last] as number) >= span.endMs ? last - 1 : last;
		let previous = left;
		for (let at = begin; at <= end; at += 1) {
			if ((values[at] as number) < previous) change += previous;
			previous = values[at] as number;
		}
		if (right < previous) change += previous;
	}
	return perSecond ? change / ((span.endMs - span.startMs) / 1000) : change;
}
