/** What the start times of samples tell: where a counter began anew though its value did not fall. 0 is "not known". */

/** Whether the counter began anew between the sample at `at` and the one before it. */
export function startsAnew(starts: Float64Array, times: Float64Array, at: number): boolean {
	const start = starts[at] as number;
	const before = starts[at - 1] as number;
	const beforeMs = times[at - 1] as number;
	// After its own sample, or at it, a start says nothing.
	if (start === 0 || start >= (times[at] as number) || start < beforeMs) return false;
	if (start > beforeMs) return true;
	// Counting since the sample before: a series of deltas, unless that one did not know its own start.
	return before !== 0 && before < beforeMs;
}

/** Whether the counter behind the first sample began after `startMs`, the open left end of the range. */
export function beginsInside(starts: Float64Array, times: Float64Array, from: number, startMs: number): boolean {
	const start = starts[from] as number;
	return start !== 0 && start > startMs && start < (times[from] as number);
}
