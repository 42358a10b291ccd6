/** Mean and quantiles. All of them take values in ascending order, so that no sum depends on the order of the incidents. */

/** A copy in ascending order. */
export function ascending(values: Iterable<number>): Float64Array {
	return Float64Array.from(values).sort();
}

/** The p-quantile, interpolated linearly (R's type 7, pandas' default); null where there is no value. */
export function quantile(sorted: ArrayLike<number>, p: number): number | null {
	const last = sorted.length - 1;
	if (last < 0) return null;
	const place = p * last;
	const below = Math.floor(place);
	const low = sorted[below] ?? 0;
	const high = sorted[Math.min(below + 1, last)] ?? low;
	return low + (high - low) * (place - below);
}

/** The arithmetic mean, summed with compensation (Neumaier); null where there is no value. */
export function mean(values: ArrayLike<number>): number | null {
	return values.length === 0 ? null : sum(values) / values.length;
}

export function sum(values: ArrayLike<number>): number {
	let total = 0;
	let lost = 0;
	for (let i = 0; i < values.length; i++) {
		const value = values[i] ?? 0;
		const next = total + value;
		lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
		total = next;
	}
	return total + lost;
}

/** Standard deviation of a sample (n − 1); null below two values. */
export function deviation(values: ArrayLike<number>): number | null {
	const centre = mean(values);
	if (centre === null || values.length < 2) return null;
	const squares = Float64Array.from(values, (value) => (value - centre) ** 2).sort();
	return Math.sqrt(sum(squares) / (values.length - 1));
}
