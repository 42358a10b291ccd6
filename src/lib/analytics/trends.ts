/** Whether a figure changes over a period, and whether the data can carry saying so. */
import { differenceOfShares } from './stats/proportion.ts';
import { ascending, deviation } from './stats/describe.ts';
import { Z_95, Z_POWER_80 } from './stats/distributions.ts';
import { neededForTrend } from './stats/ratio.ts';
import { theilSen } from './stats/trend.ts';
import type { Period } from './period.ts';

export interface Trend {
	verdict: 'rising' | 'falling' | 'steady' | 'not_enough';
	/** Change per 30 days, in the figure's own unit, or of a share from the earlier half to the later; null where unknown. */
	change: number | null;
	/** 95 %. */
	low: number | null;
	high: number | null;
	of: 'per_30_days' | 'between_halves';
	n: number;
	/** About how many more would tell a change that matters; null where there are enough. */
	more: number | null;
}

const MONTH = 30 * 24 * 3_600_000;
/** Below so many points the formulas for the interval do not hold. */
const LEAST = 8;
/** A change that matters: half as much again, or a third less, from the beginning to the end. */
const MATTERS = 1.5;
/** Nor do those of a share of so few. */
const LEAST_IN_HALF = 5;
/** A difference of shares that matters: twenty points. */
const POINTS = 0.2;
/** Every pair is looked at: beyond this many, every so-manieth point stands for its neighbours. */
const MOST_POINTS = 1500;

/** Theil–Sen of values over time; `at` in epoch milliseconds. */
export function trendOf(points: readonly { at: number; value: number }[]): Trend {
	const n = points.length;
	const ordered = points.toSorted((a, b) => a.at - b.at || a.value - b.value);
	const every = Math.ceil(n / MOST_POINTS);
	const used = ordered.filter((_, i) => i % every === 0).map(({ at, value }) => ({ x: at / MONTH, y: value }));
	const found = n < LEAST ? null : theilSen(used);
	if (!found) {
		return { ...nothing(n), more: Math.max(1, LEAST - n, moreFor(points)) };
	}
	const { slope, low, high, p } = found;
	const told = { change: slope, low, high, of: 'per_30_days' as const, n };
	if (p < 0.05 && low > 0) return { ...told, verdict: 'rising', more: null };
	if (p < 0.05 && high < 0) return { ...told, verdict: 'falling', more: null };
	const more = moreFor(points);
	return more > 0 ? { ...told, verdict: 'not_enough', more } : { ...told, verdict: 'steady', more: null };
}

function moreFor(points: readonly { value: number }[]): number {
	const logs = ascending(points.flatMap(({ value }) => (value > 0 ? [Math.log(value)] : [])));
	const spread = deviation(logs);
	return spread === null ? LEAST : Math.max(0, neededForTrend(spread, MATTERS) - points.length);
}

/** The later half of the period against the earlier one. */
export function shareTrend(points: readonly { at: number; yes: boolean }[], { from, to }: Period): Trend {
	const middle = (from + to) / 2;
	const count = (half: readonly { yes: boolean }[]) => ({ yes: half.filter(({ yes }) => yes).length, of: half.length });
	const earlier = count(points.filter(({ at }) => at < middle));
	const later = count(points.filter(({ at }) => at >= middle));
	const n = points.length;
	const share = (earlier.yes + later.yes + 1) / (n + 2);
	const needed = Math.ceil((2 * share * (1 - share) * (Z_95 + Z_POWER_80) ** 2) / POINTS ** 2);
	const more = Math.max(0, needed - earlier.of) + Math.max(0, needed - later.of);
	const found = differenceOfShares(earlier, later);
	if (!found || Math.min(earlier.of, later.of) < LEAST_IN_HALF) {
		return { ...nothing(n), of: 'between_halves', more: Math.max(1, more) };
	}
	const told = { change: found.difference, low: found.low, high: found.high, of: 'between_halves' as const, n };
	if (found.low > 0) return { ...told, verdict: 'rising', more: null };
	if (found.high < 0) return { ...told, verdict: 'falling', more: null };
	return more > 0 ? { ...told, verdict: 'not_enough', more } : { ...told, verdict: 'steady', more: null };
}

function nothing(n: number): Trend {
	return { verdict: 'not_enough', change: null, low: null, high: null, of: 'per_30_days', n, more: null };
}
