/** How tall a chart's scale is: from nought, with air above, and the limit in sight once it is near; or by powers of ten. */

type Values = readonly (number | null | undefined)[];

export interface Scale {
	min: number;
	max: number;
	/** Where lines of the grid and their labels stand. */
	levels: number[];
	log: boolean;
}

/** Below this share of its limit a value is far from it, and the limit would only flatten the line. */
const NEAR = 0.35;
const AIR = 1.12;
/** More powers of ten than this are not all labelled. */
const MOST_LEVELS = 4;

export function scaleOf(columns: readonly Values[], limits: readonly number[], unit: string, log = false): Scale {
	if (log) return logScale(columns, limits);
	const [min, max] = topOfScale(columns, limits, unit);
	return { min, max, levels: min < 0 ? [min, 0, max] : [0, max / 2, max], log };
}

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

/** Powers of ten around the values; nought and what lies below it has no place on such a scale. */
function logScale(columns: readonly Values[], limits: readonly number[]): Scale {
	let min = Infinity;
	let max = 0;
	for (const value of [...columns.flat(), ...limits]) {
		if (value === null || value === undefined || value <= 0) continue;
		if (value > max) max = value;
		if (value < min) min = value;
	}
	if (max === 0) [min, max] = [1, 10];
	const [first, last] = [
		Math.floor(Math.log10(min)),
		Math.max(Math.ceil(Math.log10(max)), Math.floor(Math.log10(min)) + 1)
	];
	const every = Math.ceil((last - first) / MOST_LEVELS);
	const levels: number[] = [];
	for (let power = first; power <= last; power += every) levels.push(Number(`1e${power}`));
	return { min: Number(`1e${first}`), max: Number(`1e${last}`), levels, log: true };
}

/** What a scale can show: on one of powers of ten what is not above nought is a gap. */
export function onScale<T extends number | null>(values: readonly T[], log: boolean): readonly (T | null)[] {
	return log ? values.map((value) => (value !== null && value > 0 ? value : null)) : values;
}

/** Height of a value on a scale, 0 at the bottom and 1 at the top. */
export function heightOn({ min, max, log }: Scale, value: number): number {
	return log ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
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
