import { RATINGS, type Rating } from './dimension.ts';

/** Share of full marks that a rating is worth in a roll-up. */
export const RATING_POINTS: Record<Rating, number> = { P: 1, S: 0.75, M: 0.4, U: 0 };

/** By how far a time overran its target: within it, by half, up to three times, more. */
export function byRatio(value: number, target: number): Rating {
	if (value <= target) return 'P';
	if (value <= 1.5 * target) return 'S';
	return value <= 3 * target ? 'M' : 'U';
}

/** By steps: the first limit that the value does not exceed; `U` beyond the last. */
export function bySteps(value: number, limits: readonly [number, number, number]): Rating {
	const step = limits.findIndex((limit) => value <= limit);
	return step === -1 ? 'U' : (RATINGS[step] ?? 'U');
}

/** By the share of what should have been: at least so much for P, S and M. */
export function byShare(share: number, floors: readonly [number, number, number] = [0.95, 0.75, 0.5]): Rating {
	return bySteps(-share, [-floors[0], -floors[1], -floors[2]]);
}

/** One step worse for each challenge. */
export function worse(rating: Rating, steps = 1): Rating {
	return RATINGS[Math.min(RATINGS.indexOf(rating) + steps, RATINGS.length - 1)] ?? 'U';
}

/** The rating that stands for a mean of points. */
export function fromPoints(points: number): Rating {
	return byShare(points, [0.875, 0.575, 0.2]);
}
