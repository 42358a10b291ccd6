/** Classic histograms: cumulative buckets by upper bound. */

export interface Buckets {
	/** Upper bounds, ascending, each once; the last is +Inf. */
	readonly bounds: number[];
	/** Observations at or below each bound. */
	readonly counts: number[];
}

export interface Repair {
	readonly first: number;
	readonly last: number;
	readonly largest: number;
}

/** A decrease smaller than this share of the count is rounding, not a fault. */
const tolerance = 1e-12;

/** Makes counts grow with the bounds, as they must. Says where it had to do more than undo rounding. */
export function makeMonotonic({ bounds, counts }: Buckets): Repair | undefined {
	let before = counts[0] as number;
	let repair: Repair | undefined;
	for (let at = 1; at < counts.length; at += 1) {
		const count = counts[at] as number;
		if (count === before) continue;
		const difference = Math.abs(count - before);
		if (difference <= tolerance * Math.abs(count + before) * 0.5 || count < before) {
			if (difference > tolerance * Math.abs(count + before) * 0.5) {
				const bound = bounds[at] as number;
				repair = {
					first: repair?.first ?? bound,
					last: bound,
					largest: Math.max(repair?.largest ?? 0, before - count)
				};
			}
			counts[at] = before;
			continue;
		}
		before = count;
	}
	return repair;
}

/** The q-quantile, linear within its bucket; see Prometheus' `histogram_quantile`. Expects monotonic counts. */
export function bucketQuantile(q: number, { bounds, counts }: Buckets): number {
	const top = bounds.length - 1;
	if (bounds[top] !== Infinity || bounds.length < 2) return NaN;
	const observations = counts[top] as number;
	if (observations === 0 || Number.isNaN(observations)) return NaN;
	let rank = q * observations;
	let at = 0;
	while (at < top && !((counts[at] as number) >= rank)) at += 1;
	if (at === top) return bounds[top - 1] as number;
	const end = bounds[at] as number;
	if (at === 0 && end <= 0) return end;
	let start = 0;
	let count = counts[at] as number;
	if (at > 0) {
		start = bounds[at - 1] as number;
		count -= counts[at - 1] as number;
		rank -= counts[at - 1] as number;
	}
	return start + (end - start) * (rank / count);
}

/** The share of observations in (lower, upper], linear within buckets. Expects monotonic counts. */
export function bucketFraction(lower: number, upper: number, { bounds, counts }: Buckets): number {
	const top = bounds.length - 1;
	if (bounds[top] !== Infinity) return NaN;
	const total = counts[top] as number;
	if (total === 0 || Number.isNaN(total) || Number.isNaN(lower) || Number.isNaN(upper)) return NaN;
	if (lower >= upper) return 0;
	return Math.max(0, rankOf(upper, bounds, counts, false) - rankOf(lower, bounds, counts, true)) / total;
}

/**
 * Observations at or below a value. Where in a bucket of infinite width they lie is unknown: those of the lowest count
 * as below a lower limit and above an upper one, those of the highest as above both.
 */
function rankOf(value: number, bounds: readonly number[], counts: readonly number[], isLower: boolean): number {
	const top = bounds.length - 1;
	if (value === Infinity) return counts[top] as number;
	if (value === -Infinity) return 0;
	for (let at = 0; at <= top; at += 1) {
		const end = bounds[at] as number;
		const below = at === 0 ? 0 : (counts[at - 1] as number);
		// The lowest bucket begins at zero where it can, otherwise nowhere.
		const start = at === 0 ? (end > 0 ? 0 : -Infinity) : (bounds[at - 1] as number);
		if (value >= end) continue;
		if (value <= start) return below;
		if (start === -Infinity) return isLower ? (counts[at] as number) : below;
		if (end === Infinity) return below;
		return below + ((value - start) / (end - start)) * ((counts[at] as number) - below);
	}
	return counts[top] as number;
}
