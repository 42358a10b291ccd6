/** A logarithmic axis of minutes: such times differ by factors, and a few long ones would squeeze all others into a corner. */
const LABELS: [number, string][] = [
	[1, '1 min'],
	[5, '5'],
	[15, '15'],
	[30, '30'],
	[60, '1 h'],
	[240, '4 h'],
	[1440, '1 day'],
	[10_080, '1 week'],
	[43_200, '30 days']
];

export interface Axis {
	/** Pixels of a time in minutes. */
	x: (minutes: number) => number;
	ticks: { at: number; label: string }[];
}

/** From `left` to `right` pixels, wide enough for the times given; never less than a minute to an hour. */
export function minutesAxis(values: readonly number[], left: number, right: number): Axis {
	const positive = values.filter((value) => value > 0);
	const low = Math.max(0.5, Math.min(1, ...positive) * 0.9);
	const high = Math.max(60, ...positive) * 1.15;
	const span = Math.log(high / low);
	const x = (minutes: number): number => left + (Math.log(Math.max(low, minutes) / low) / span) * (right - left);
	const room = 44;
	const ticks: Axis['ticks'] = [];
	for (const [minutes, label] of LABELS) {
		if (minutes < low || minutes > high) continue;
		const at = x(minutes);
		const before = ticks.at(-1);
		if (before === undefined || at - before.at >= room) ticks.push({ at, label });
	}
	return { x, ticks };
}

/** Heights for points that would lie on one another: each a step further from the middle line, up and down in turn. */
export function swarm(xs: readonly number[], radius: number, most: number): number[] {
	const taken: { x: number; y: number }[] = [];
	return xs.map((x) => {
		let y = 0;
		for (let step = 0; step < 40; step++) {
			y = (step % 2 === 0 ? 1 : -1) * Math.ceil(step / 2) * radius;
			if (Math.abs(y) > most) {
				y = Math.sign(y) * most;
				break;
			}
			const free = (one: { x: number; y: number }) => Math.hypot(one.x - x, one.y - y) >= 2 * radius - 0.5;
			if (taken.slice(-60).every(free)) break;
		}
		taken.push({ x, y });
		return y;
	});
}
