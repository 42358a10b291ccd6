/** Arithmetic that Prometheus does in a particular way. */

/** A running sum with its compensation, after Kahan and Neumaier: small values survive beside large ones. */
export class CompensatedSum {
	sum = 0;
	compensation = 0;

	reset(): void {
		this.sum = 0;
		this.compensation = 0;
	}

	add(value: number): void {
		const { sum } = this;
		const next = sum + value;
		if (next === Infinity || next === -Infinity) this.compensation = 0;
		else if (Math.abs(sum) >= Math.abs(value)) this.compensation += sum - next + value;
		else this.compensation += value - next + sum;
		this.sum = next;
	}

	get total(): number {
		return Number.isFinite(this.sum) ? this.sum + this.compensation : this.sum;
	}
}

const running = new CompensatedSum();

/** Sum of values[from, to). */
export function sum(values: Float64Array, from: number, to: number): number {
	running.reset();
	for (let at = from; at < to; at += 1) running.add(values[at] as number);
	return running.total;
}

/**
 * Mean of values[from, to): the sum divided by the count, and where that would overflow, a running mean from there on.
 */
export function mean(values: Float64Array, from: number, to: number): number {
	running.reset();
	let at = from;
	for (; at < to; at += 1) {
		const { sum: before, compensation } = running;
		running.add(values[at] as number);
		if (at > from && (running.sum === Infinity || running.sum === -Infinity)) {
			running.sum = before;
			running.compensation = compensation;
			break;
		}
	}
	const count = at - from;
	if (at === to) return running.sum / count + running.compensation / count;
	running.sum /= count;
	running.compensation /= count;
	for (; at < to; at += 1) {
		const n = at - from + 1;
		const share = (n - 1) / n;
		running.sum *= share;
		running.compensation *= share;
		running.add((values[at] as number) / n);
	}
	return running.sum + running.compensation;
}

/** Population variance of values[from, to), after Welford. */
export function variance(values: Float64Array, from: number, to: number): number {
	const average = new CompensatedSum();
	const squares = new CompensatedSum();
	let count = 0;
	for (let at = from; at < to; at += 1) {
		const value = values[at] as number;
		count += 1;
		const delta = value - (average.sum + average.compensation);
		average.add(delta / count);
		squares.add(delta * (value - (average.sum + average.compensation)));
	}
	return (squares.sum + squares.compensation) / count;
}

/** Ascending, NaN first, as Prometheus sorts the values of a quantile. */
export function ascending(a: number, b: number): number {
	if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : -1;
	if (Number.isNaN(b)) return 1;
	return a - b;
}

/** The q-quantile, linear between neighbours. Sorts `values` in place. */
export function quantile(q: number, values: number[]): number {
	if (values.length === 0 || Number.isNaN(q)) return NaN;
	if (q < 0) return -Infinity;
	if (q > 1) return Infinity;
	values.sort((a, b) => (a === b ? 0 : ascending(a, b)));
	const rank = q * (values.length - 1);
	const lower = Math.max(0, Math.floor(rank));
	const upper = Math.min(values.length - 1, lower + 1);
	const weight = rank - Math.floor(rank);
	return (values[lower] as number) * (1 - weight) + (values[upper] as number) * weight;
}

/** Go's remainder: the sign of the dividend; NaN where the divisor is 0. */
export const modulo = (a: number, b: number): number => a % b;

/** Go's `math.Pow` differs from `**` where the base is 1 or the exponent is 0 and the other is NaN. */
export function power(a: number, b: number): number {
	if (b === 0 || a === 1) return 1;
	if (a === -1 && (b === Infinity || b === -Infinity)) return 1;
	return a ** b;
}
