/** How many times as long one group takes as another, like compared with like. */
import { ascending, sum } from './describe.ts';
import { studentQuantile, Z_95, Z_POWER_80 } from './distributions.ts';

export interface Timed {
	/** More than nought. */
	minutes: number;
	group: 0 | 1;
	block: string;
}

export interface BlockedRatio {
	/** Typical time of group 1 as a multiple of group 0's: e to the difference of mean logarithms within blocks. */
	ratio: number;
	low: number;
	high: number;
	df: number;
	/** Spread of the logarithms that neither block nor group explains. */
	deviation: number;
}

/**
 * The coefficient of `lm(log(minutes) ~ group + block)` with its 95 % interval, as a ratio. Only blocks in which both groups
 * stand say anything. Null where too little is there to tell a spread.
 */
export function blockedRatio(rows: readonly Timed[]): BlockedRatio | null {
	const blocks = new Map<string, Timed[]>();
	for (const row of rows) blocks.set(row.block, [...(blocks.get(row.block) ?? []), row]);
	const gs: number[] = [];
	const ys: number[] = [];
	for (const key of [...blocks.keys()].sort()) {
		const block = blocks.get(key) ?? [];
		const logs = block.map(({ minutes }) => Math.log(minutes));
		const meanG = sum(block.map(({ group }) => group)) / block.length;
		const meanY = sum(ascending(logs)) / block.length;
		block.forEach(({ group }, i) => {
			gs.push(group - meanG);
			ys.push((logs[i] ?? 0) - meanY);
		});
	}
	const gg = sum(ascending(gs.map((g) => g * g)));
	const df = rows.length - blocks.size - 1;
	if (gg <= 0 || df < 1) return null;
	const slope = sum(ascending(gs.map((g, i) => g * (ys[i] ?? 0)))) / gg;
	const residual = sum(ascending(ys.map((y, i) => (y - slope * (gs[i] ?? 0)) ** 2)));
	const deviation = Math.sqrt(residual / df);
	const half = (studentQuantile(0.05, df) * deviation) / Math.sqrt(gg);
	return { ratio: Math.exp(slope), low: Math.exp(slope - half), high: Math.exp(slope + half), df, deviation };
}

/**
 * How many are needed in each of two groups to see, four times in five, that one takes `ratio` times as long as the other, at
 * 5 %, given the spread of the logarithms.
 */
export function neededPerGroup(deviation: number, ratio: number): number {
	return Math.ceil(2 * (((Z_95 + Z_POWER_80) * deviation) / Math.log(ratio)) ** 2);
}

/** How many, spread evenly over a period, are needed to see that times change by `ratio` from its beginning to its end. */
export function neededForTrend(deviation: number, ratio: number): number {
	return Math.ceil(12 * (((Z_95 + Z_POWER_80) * deviation) / Math.log(ratio)) ** 2);
}
