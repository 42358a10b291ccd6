/** What a compiled expression is: functions of the context. */
import type { Context } from './context.ts';
import type { Metric } from './metric.ts';
import type { Shape, Vector } from './vector.ts';

export type VectorNode = (context: Context) => Vector;
export type ScalarNode = (context: Context) => number;
export type MatrixNode = (context: Context) => Windows;

/**
 * The samples of a range, series by series: those of series `i` are `times[i]` and `values[i]` in [from[i], to[i]).
 * Stale markers are left out. Owned by the node that made it, valid until that runs again.
 */
export interface Windows {
	count: number;
	readonly metrics: Metric[];
	readonly times: Float64Array[];
	readonly values: Float64Array[];
	readonly from: number[];
	readonly to: number[];
	/** Start times of the samples, for series that know them. */
	readonly starts: (Float64Array | undefined)[];
	/** The range is (startMs, endMs]. */
	startMs: number;
	endMs: number;
}

export function createWindows(): Windows {
	return { count: 0, metrics: [], times: [], values: [], from: [], to: [], starts: [], startMs: 0, endMs: 0 };
}

export function pushWindow(
	windows: Windows,
	metric: Metric,
	times: Float64Array,
	values: Float64Array,
	from: number,
	to: number,
	starts?: Float64Array
): void {
	const at = windows.count;
	windows.count = at + 1;
	windows.metrics[at] = metric;
	windows.times[at] = times;
	windows.values[at] = values;
	windows.from[at] = from;
	windows.to[at] = to;
	windows.starts[at] = starts;
}

export type { Shape, Vector };
