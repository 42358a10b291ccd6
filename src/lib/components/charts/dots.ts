/** Single requests drawn over the lines of a chart: each can be reached for. Pure. */
export interface ChartDot {
	/** What it leads to. */
	id: string;
	/** Incident time, epoch ms. */
	at: number;
	/** In the unit of the chart. */
	value: number;
	label: string;
}

/** Pixels. */
const REACH = 9;

/** The dot nearest to a place, of those within reach. `placeOf` gives a dot's place in the same pixels. */
export function nearestDot(
	dots: readonly ChartDot[],
	placeOf: (dot: ChartDot) => { x: number; y: number },
	x: number,
	y: number
): ChartDot | null {
	let best: ChartDot | null = null;
	let least = REACH;
	for (const dot of dots) {
		const place = placeOf(dot);
		const away = Math.hypot(place.x - x, place.y - y);
		if (away < least) [best, least] = [dot, away];
	}
	return best;
}
