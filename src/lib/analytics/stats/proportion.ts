/** Shares, and how sure one can be of them. */
import { Z_95 } from './distributions.ts';
import type { Interval } from './bootstrap.ts';

/** Wilson's 95 % interval of a share (R's `prop.test(correct = FALSE)`); null where nothing was counted. */
export function wilson(yes: number, of: number): Interval | null {
	if (of === 0) return null;
	const share = yes / of;
	const z2 = Z_95 * Z_95;
	const centre = share + z2 / (2 * of);
	const half = Z_95 * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of));
	const scale = 1 + z2 / of;
	// At the ends the formula gives nought or one but for the last digit.
	return {
		low: yes === 0 ? 0 : (centre - half) / scale,
		high: yes === of ? 1 : (centre + half) / scale
	};
}

/** 95 % interval of a difference of two shares, second − first, after Newcombe (1998, method 10). */
export function differenceOfShares(
	first: { yes: number; of: number },
	second: { yes: number; of: number }
): (Interval & { difference: number }) | null {
	const [a, b] = [wilson(first.yes, first.of), wilson(second.yes, second.of)];
	if (!a || !b) return null;
	const [p, q] = [first.yes / first.of, second.yes / second.of];
	return {
		difference: q - p,
		low: q - p - Math.hypot(q - b.low, a.high - p),
		high: q - p + Math.hypot(b.high - q, p - a.low)
	};
}
