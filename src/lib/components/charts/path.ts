/** Lines as SVG paths, with their gaps: a missing sample lifts the pen. Pure. */
export function linePath(
	times: readonly number[],
	values: readonly (number | null)[],
	x: (at: number) => number,
	y: (value: number) => number
): string {
	let pen = false;
	let d = '';
	values.forEach((value, i) => {
		const at = times[i];
		if (value === null || at === undefined) {
			pen = false;
			return;
		}
		d += `${pen ? 'L' : 'M'}${x(at).toFixed(1)},${y(value).toFixed(1)}`;
		pen = true;
	});
	return d;
}

const MINUTE = 60_000;
const STEPS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360].map((minutes) => minutes * MINUTE);

/** Round moments for the axis of time, no closer than `apart` pixels. Epoch ms. */
export function timeTicks(from: number, to: number, width: number, apart = 44): number[] {
	const most = Math.max(1, Math.floor(width / apart));
	const step = STEPS_MS.find((one) => (to - from) / one <= most) ?? 360 * MINUTE;
	const ticks: number[] = [];
	for (let at = Math.ceil(from / step) * step; at <= to; at += step) ticks.push(at);
	return ticks;
}
