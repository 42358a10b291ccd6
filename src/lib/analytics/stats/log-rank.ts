/** Whether groups differ in how long it takes, with those who have not ended yet counted as long as they were seen. */
import { chiSquareTail } from './distributions.ts';
import type { Observation } from './survival.ts';

export interface Grouped extends Observation {
	/** 0, 1, … */
	group: number;
	/** Like is compared with like: only within a block. */
	block: string;
}

export interface LogRank {
	chiSquare: number;
	df: number;
	p: number;
	/** Ends in each group, and those expected were there no difference. */
	observed: number[];
	expected: number[];
}

/**
 * Mantel's log-rank test of `groups` groups, stratified by block: what R's `survdiff(Surv ~ group + strata(block))` gives.
 * Null where it says nothing: a group that is never compared, or nobody who ended.
 */
export function logRank(rows: readonly Grouped[], groups: number): LogRank | null {
	const observed = new Array<number>(groups).fill(0);
	const expected = new Array<number>(groups).fill(0);
	const variance = Array.from({ length: groups }, () => new Array<number>(groups).fill(0));
	for (const block of blocksOf(rows)) addBlock(block, observed, expected, variance);
	// The differences add up to nought, so the last group says nothing more.
	const used = observed.map((_, g) => g).filter((g) => (variance[g]?.[g] ?? 0) > 0);
	if (used.length < 2) return null;
	const free = used.slice(0, -1);
	const difference = free.map((g) => (observed[g] ?? 0) - (expected[g] ?? 0));
	const solved = solve(
		free.map((g) => free.map((h) => variance[g]?.[h] ?? 0)),
		difference
	);
	if (!solved) return null;
	const chiSquare = difference.reduce((total, d, i) => total + d * (solved[i] ?? 0), 0);
	return { chiSquare, df: free.length, p: chiSquareTail(chiSquare, free.length), observed, expected };
}

function blocksOf(rows: readonly Grouped[]): Grouped[][] {
	const blocks = new Map<string, Grouped[]>();
	for (const row of rows) {
		const block = blocks.get(row.block);
		if (block) block.push(row);
		else blocks.set(row.block, [row]);
	}
	return [...blocks.keys()].sort().flatMap((key) => [blocks.get(key) ?? []]);
}

function addBlock(rows: Grouped[], observed: number[], expected: number[], variance: number[][]): void {
	const sorted = rows.toSorted((a, b) => a.minutes - b.minutes);
	const atRisk = observed.map((_, g) => rows.filter(({ group }) => group === g).length);
	for (let i = 0; i < sorted.length;) {
		const minutes = sorted[i]?.minutes;
		const n = sorted.length - i;
		const leaving = observed.map(() => 0);
		let ended = 0;
		for (; i < sorted.length && sorted[i]?.minutes === minutes; i++) {
			const row = sorted[i];
			if (!row) continue;
			leaving[row.group] = (leaving[row.group] ?? 0) + 1;
			if (!row.ended) continue;
			ended++;
			observed[row.group] = (observed[row.group] ?? 0) + 1;
		}
		if (ended > 0) {
			const spread = n > 1 ? (ended * (n - ended)) / (n - 1) : 0;
			atRisk.forEach((atG, g) => {
				expected[g] = (expected[g] ?? 0) + (ended * atG) / n;
				const line = variance[g];
				if (line) {
					atRisk.forEach((atH, h) => {
						line[h] = (line[h] ?? 0) + spread * ((g === h ? atG / n : 0) - (atG * atH) / (n * n));
					});
				}
			});
		}
		leaving.forEach((left, g) => (atRisk[g] = (atRisk[g] ?? 0) - left));
	}
}

/** Solves A x = b by elimination with pivots; null where A is singular. */
function solve(matrix: number[][], right: readonly number[]): number[] | null {
	const n = right.length;
	const a = matrix.map((line, i) => [...line, right[i] ?? 0]);
	const at = (i: number, j: number): number => a[i]?.[j] ?? 0;
	for (let column = 0; column < n; column++) {
		let pivot = column;
		for (let i = column + 1; i < n; i++) if (Math.abs(at(i, column)) > Math.abs(at(pivot, column))) pivot = i;
		if (Math.abs(at(pivot, column)) < 1e-12) return null;
		[a[column], a[pivot]] = [a[pivot] ?? [], a[column] ?? []];
		for (let i = 0; i < n; i++) {
			if (i === column) continue;
			const factor = at(i, column) / at(column, column);
			a[i] = (a[i] ?? []).map((value, j) => value - factor * at(column, j));
		}
	}
	return right.map((_, i) => at(i, n) / at(i, i));
}
