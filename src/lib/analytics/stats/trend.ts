/** Whether values go up or down over time, without believing in a straight line or a bell curve. */
import { ascending, quantile } from './describe.ts';
import { normalTwoSided, Z_95 } from './distributions.ts';

export interface Slope {
	/** Median of the slopes between all pairs (Theil–Sen), in units of y per unit of x. */
	slope: number;
	/** 95 % interval after Sen (1968). */
	low: number;
	high: number;
	/** Two-sided p of Kendall's rank correlation with its correction for ties (Mann–Kendall). */
	p: number;
}

/**
 * As SciPy's `theilslopes` and `kendalltau(method="asymptotic")`. Null below three points, or where all stand at one time.
 * Looks at every pair: at most a few thousand points.
 */
export function theilSen(points: readonly { x: number; y: number }[]): Slope | null {
	const n = points.length;
	if (n < 3) return null;
	const slopes: number[] = [];
	let concordance = 0;
	for (let i = 0; i < n; i++) {
		for (let j = i + 1; j < n; j++) {
			const dx = (points[j]?.x ?? 0) - (points[i]?.x ?? 0);
			const dy = (points[j]?.y ?? 0) - (points[i]?.y ?? 0);
			concordance += Math.sign(dx) * Math.sign(dy);
			if (dx !== 0) slopes.push(dy / dx);
		}
	}
	if (slopes.length === 0) return null;
	const sorted = ascending(slopes);
	const tiesX = ties(points.map(({ x }) => x));
	const tiesY = ties(points.map(({ y }) => y));
	const sigma = Math.sqrt((n * (n - 1) * (2 * n + 5) - tiesX.of2n5 - tiesY.of2n5) / 18);
	const upper = Math.min(halfEven((sorted.length + Z_95 * sigma) / 2), sorted.length - 1);
	const lower = Math.max(halfEven((sorted.length - Z_95 * sigma) / 2) - 1, 0);
	return {
		slope: quantile(sorted, 0.5) ?? 0,
		low: sorted[lower] ?? 0,
		high: sorted[upper] ?? 0,
		p: kendallP(concordance, n, tiesX, tiesY)
	};
}

interface Ties {
	pairs: number;
	triples: number;
	of2n5: number;
}

function ties(values: readonly number[]): Ties {
	const counts = new Map<number, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	const result = { pairs: 0, triples: 0, of2n5: 0 };
	for (const k of counts.values()) {
		result.pairs += (k * (k - 1)) / 2;
		result.triples += k * (k - 1) * (k - 2);
		result.of2n5 += k * (k - 1) * (2 * k + 5);
	}
	return result;
}

function kendallP(concordance: number, n: number, x: Ties, y: Ties): number {
	const m = n * (n - 1);
	const variance =
		(m * (2 * n + 5) - x.of2n5 - y.of2n5) / 18 +
		(2 * x.pairs * y.pairs) / m +
		(x.triples * y.triples) / (9 * m * (n - 2));
	return variance > 0 ? normalTwoSided(concordance / Math.sqrt(variance)) : 1;
}

/** Rounds halves to the even neighbour, as Python does. */
function halfEven(value: number): number {
	const below = Math.floor(value);
	const rest = value - below;
	if (rest !== 0.5) return Math.round(value);
	return below % 2 === 0 ? below : below + 1;
}
