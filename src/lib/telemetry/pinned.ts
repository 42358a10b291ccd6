import type { MatrixSeries } from '../promql/index.ts';

/** A series as it is kept with the evidence that it was pinned as; times in incident time (epoch milliseconds). */
export interface Pinned {
	labels: Record<string, string>;
	times: number[];
	values: number[];
}

/** Points that a small chart can show. */
const MOST_POINTS = 240;
const MOST_SERIES = 12;

/**
 * Turns series of a range query into what a pin keeps: not more than a small chart shows, times moved from the simulated
 * clock by `startsAt`. Of too many points every n-th stays, the last always; points without a finite value are left out.
 */
export function pinSeries(series: readonly MatrixSeries[], startsAt: number): Pinned[] {
	return series.slice(0, MOST_SERIES).map((each) => {
		const stride = Math.max(1, Math.ceil(each.times.length / MOST_POINTS));
		const times: number[] = [];
		const values: number[] = [];
		each.times.forEach((time, i) => {
			const value = each.values[i];
			const kept = (each.times.length - 1 - i) % stride === 0;
			if (!kept || value === undefined || !Number.isFinite(value)) return;
			times.push(time + startsAt);
			values.push(value);
		});
		return { labels: { ...each.labels }, times, values };
	});
}
