/** Moving the part of the time that is looked at; never beyond now, never smaller than a person can see. Pure. */

export interface Stretch {
	fromAt: number;
	toAt: number;
}

const MOST_MS = 24 * 3_600_000;
const LEAST_MS = 10_000;

/** By a share of its own length: −0.5 is half of it earlier. */
export function moved({ fromAt, toAt }: Stretch, by: number, now: number): Stretch {
	const length = toAt - fromAt;
	const end = Math.min(now, toAt + by * length);
	return { fromAt: end - length, toAt: end };
}

/** Twice as much around its middle. */
export function widened({ fromAt, toAt }: Stretch, now: number): Stretch {
	const length = Math.min(MOST_MS, (toAt - fromAt) * 2);
	const end = Math.min(now, (fromAt + toAt) / 2 + length / 2);
	return { fromAt: end - length, toAt: end };
}

/** As somebody dragged it: a slip of the hand is no stretch. */
export function dragged({ fromAt, toAt }: Stretch): Stretch {
	if (toAt - fromAt >= LEAST_MS) return { fromAt, toAt };
	const middle = (fromAt + toAt) / 2;
	return { fromAt: middle - LEAST_MS / 2, toAt: middle + LEAST_MS / 2 };
}
