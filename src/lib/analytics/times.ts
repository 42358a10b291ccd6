/** Durations of a set of incidents: every point, and what they come to. */
import { intervals, type Interval } from './stats/bootstrap.ts';
import { ascending, mean, quantile } from './stats/describe.ts';

export interface Times {
	/** How many durations are known. */
	n: number;
	mean: number | null;
	median: number | null;
	p95: number | null;
}

export interface TimesWithIntervals extends Times {
	/** 95 % intervals. */
	meanInterval: Interval | null;
	medianInterval: Interval | null;
	p95Interval: Interval | null;
}

/** Minutes in, minutes out. */
export function timesOf(minutes: readonly number[]): Times {
	return describe(ascending(minutes));
}

export function timesWithIntervals(minutes: readonly number[]): TimesWithIntervals {
	const sorted = ascending(minutes);
	const [meanInterval = null, medianInterval = null, p95Interval = null] = intervals(sorted, ['mean', 0.5, 0.95]);
	return { ...describe(sorted), meanInterval, medianInterval, p95Interval };
}

function describe(sorted: Float64Array): Times {
	return { n: sorted.length, mean: mean(sorted), median: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) };
}
