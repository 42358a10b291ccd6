/** How tall a chart's scale is: from nought, with air above, and the limit in sight once it is near. */

export type Values = readonly (number | null | undefined)[];

export interface Scale {
	min: number;
	max: number;
	/** Where lines of the grid and their labels stand. */
	levels: number[];
}

/** Below this share of its limit a value is far from it, and the limit would only flatten the line. */
const NEAR = 0.35;
const AIR = 1.12;

/** How values become heights: evenly, or by powers of ten (see log-scale.ts, which only some charts need). */
export interface Curve {
	scaleOf(columns: readonly Values[], limits: readonly number[], unit: string): Scale;
	/** Height of a value on a scale, 0 at the bottom and 1 at the top. */
	heightOn(scale: Scale, value: number): number;
	/** What such a scale can show; the rest is a gap. */
	onScale(values: readonly (number | null)[]): readonly (number | null)[];
}

export const EVEN: Curve = {
	scaleOf(columns, limits, unit) {
		const [min, max] = topOfScale(columns, limits, unit);
		return { min, max, levels: min < 0 ? [min, 0, max] : [0, max / 2, max] };
	},
	heightOn: ({ min, max }, value) => (value - min) / (max - min),
	onScale: (values) => values
};

export function topOfScale(columns: readonly Values[], limits: readonly number[], unit: string): [number, number] {
	let min = 0;
	let max = 0;
	for (const column of columns) {
		for (const value of column) {
			if (value === null || value === undefined) continue;
			if (value > max) max = value;
			if (value < min) min = value;
		}
	}
	let top = max * AIR;
	for (const limit of limits) if (max > limit * NEAR) top = Math.max(top, limit * AIR);
	if (top === 0) top = unit === 'ratio' ? 0.01 : 1;
	// A share cannot exceed the whole.
	if (unit === 'ratio' && max <= 1 && top > 0.8) return [-roundTop(-min, unit), 1];
	return [-roundTop(-min, unit), roundTop(top, unit)];
}

/** Tops whose half reads well, too. */
const ROUND = [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10];

/** The next round figure above a value; of bytes the next round binary one. */
export function roundTop(value: number, unit: string): number {
	if (value <= 0) return 0;
	const binary = unit === 'bytes' || unit === 'bytesRate';
	const base = binary && value >= 1 ? 1024 ** Math.floor(Math.log(value) / Math.log(1024)) : 1;
	const power = 10 ** Math.floor(Math.log10(value / base));
	const found = ROUND.find((one) => one * power * base >= value * (1 - 1e-9)) ?? 10;
	return Number((found * power).toPrecision(6)) * base;
}
