import type { ChartMark } from '../../charts/marks.ts';

/** As far from the crosshair as this share of the time that is drawn, a mark is still meant. */
const NEAR = 0.012;
const MOST_NEAR = 3;

/** The marks at a moment of a chart that shows `windowMs`, the nearest first. */
export function marksAt(marks: readonly ChartMark[], at: number, windowMs: number): ChartMark[] {
	return marks
		.filter((mark) => Math.abs(mark.at - at) <= windowMs * NEAR)
		.sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))
		.slice(0, MOST_NEAR);
}
