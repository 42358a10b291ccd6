/**
 * The first index whose time is past `timeMs`. `hint` is the answer of the step before: time moves on a little at a
 * time, so the new answer is nearly always at or just after it.
 */
export function firstAfter(times: Float64Array, length: number, timeMs: number, hint: number): number {
	let low = 0;
	let high = length;
	if (hint <= length && (hint === 0 || (times[hint - 1] as number) <= timeMs)) {
		low = hint;
		const near = Math.min(length, hint + 8);
		while (low < near && (times[low] as number) <= timeMs) low += 1;
		if (low < near || near === length) return low;
	}
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((times[middle] as number) <= timeMs) low = middle + 1;
		else high = middle;
	}
	return low;
}
