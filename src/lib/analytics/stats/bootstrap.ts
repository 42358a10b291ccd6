/** How much a figure would move, had other incidents of the same kind happened: intervals by resampling, and by rank. */
import { ascending, deviation, mean, quantile } from './describe.ts';
import { Z_95 } from './distributions.ts';
import { seeded } from './random.ts';

export interface Interval {
	low: number;
	high: number;
}

/** What an interval is wanted for: the mean, or a quantile by its share. */
export type Figure = 'mean' | number;

const ROUNDS = 1000;
const SEED = 20_240_124;
/** Resampling fewer values than this only gives the shortest and the longest again, and looks surer than it is. */
const LEAST = 5;
/** Beyond this many values resampling only repeats what large-sample formulas say, and takes long. */
const MOST_RESAMPLED = 500;

/**
 * 95 % intervals of several figures of the same values, ascending. Percentile bootstrap with a fixed seed up to 500 values; the
 * normal approximation of the mean and the order statistics of a quantile beyond. Null below five values.
 */
export function intervals(sorted: Float64Array, figures: readonly Figure[]): (Interval | null)[] {
	if (sorted.length < LEAST) return figures.map(() => null);
	if (sorted.length > MOST_RESAMPLED) return figures.map((figure) => largeSample(sorted, figure));
	return bootstrap(sorted, figures, ROUNDS, SEED);
}

/** The percentile bootstrap itself. Draws `rounds` samples of as many values, index by index: floor(u × n). */
export function bootstrap(sorted: Float64Array, figures: readonly Figure[], rounds: number, seed: number): Interval[] {
	const random = seeded(seed);
	const n = sorted.length;
	const drawn = new Int32Array(n);
	const sample = new Float64Array(n);
	const results = figures.map(() => new Float64Array(rounds));
	for (let round = 0; round < rounds; round++) {
		// Counting how often each value came up gives the sample in order without sorting it.
		drawn.fill(0);
		for (let i = 0; i < n; i++) {
			const at = Math.floor(random() * n);
			drawn[at] = (drawn[at] ?? 0) + 1;
		}
		for (let i = 0, to = 0; i < n; i++) {
			for (let times = drawn[i] ?? 0; times > 0; times--) sample[to++] = sorted[i] ?? 0;
		}
		figures.forEach((figure, f) => {
			const of = results[f];
			if (of) of[round] = (figure === 'mean' ? mean(sample) : quantile(sample, figure)) ?? 0;
		});
	}
	return results.map((values) => {
		const inOrder = ascending(values);
		return { low: quantile(inOrder, 0.025) ?? 0, high: quantile(inOrder, 0.975) ?? 0 };
	});
}

function largeSample(sorted: Float64Array, figure: Figure): Interval {
	const n = sorted.length;
	if (figure === 'mean') {
		const centre = mean(sorted) ?? 0;
		const half = (Z_95 * (deviation(sorted) ?? 0)) / Math.sqrt(n);
		return { low: centre - half, high: centre + half };
	}
	// How many of n values lie below the true quantile is binomial; these ranks hold it 95 times in a hundred.
	const half = Z_95 * Math.sqrt(n * figure * (1 - figure));
	const rank = (value: number): number => sorted[Math.min(n - 1, Math.max(0, value))] ?? 0;
	return { low: rank(Math.floor(n * figure - half)), high: rank(Math.ceil(n * figure + half)) };
}
