/** A scale by powers of ten: what differs by orders of magnitude is seen together. Nought and what lies below has no place. */
import type { Curve } from './scale.ts';

/** More powers of ten than this are not all labelled. */
const MOST_LEVELS = 4;

export const LOG: Curve = {
	scaleOf(columns, limits) {
		let min = Infinity;
		let max = 0;
		for (const value of [...columns.flat(), ...limits]) {
			if (value === null || value === undefined || value <= 0) continue;
			if (value > max) max = value;
			if (value < min) min = value;
		}
		if (max === 0) [min, max] = [1, 10];
		const first = Math.floor(Math.log10(min));
		const last = Math.max(Math.ceil(Math.log10(max)), first + 1);
		const every = Math.ceil((last - first) / MOST_LEVELS);
		const levels: number[] = [];
		for (let power = first; power <= last; power += every) levels.push(Number(`1e${power}`));
		return { min: Number(`1e${first}`), max: Number(`1e${last}`), levels };
	},
	heightOn: ({ min, max }, value) => Math.log(value / min) / Math.log(max / min),
	onScale: (values) => values.map((value) => (value !== null && value > 0 ? value : null))
};
