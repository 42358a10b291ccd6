/** How lines are told apart beside their colour: past the sixth the colours begin anew, with other dashes. */
import { SERIES_COLOURS } from './series-colours.ts';

const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [9, 3, 2, 3]];

/** Lengths of dashes and gaps in pixels; empty for a whole line. */
export function dashOf(index: number): number[] {
	return [...(DASHES[Math.floor(index / SERIES_COLOURS) % DASHES.length] ?? [])];
}

/** The token of the colour of a line. */
export function colourOf(index: number): string {
	return `var(--series-${(index % SERIES_COLOURS) + 1})`;
}
