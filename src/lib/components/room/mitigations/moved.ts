/** Which series moved around a mitigation: the same measure before it began and after it was done. Pure. */
import type { PanelInfo, PanelSeries } from '$lib/protocol/messages.ts';
import { SeriesTable, whereLabels } from '$lib/client/series-table.ts';

export interface Moved {
	panel: PanelInfo;
	times: number[];
	columns: (number | null)[][];
	/** Means of the highest line. */
	before: number;
	after: number;
}

/** As much before and after is compared, at most. */
export const COMPARED_MS = 5 * 60_000;
/** A change smaller than this share of the larger side is breath, not movement. */
const STILL = 0.12;
/** Below this nobody would call it a change, however large its share: errors of a thousandth, a hundredth of a core. */
const LEAST: Record<PanelInfo['unit'], number> = {
	rps: 1,
	ratio: 0.005,
	seconds: 0.02,
	bytes: 16 * 1024 * 1024,
	count: 1,
	cores: 0.05
};
const MOST = 6;

type Window = { startedAt: number; finishedAt: number };

/** One panel's lines and how far they moved; null where there is nothing to compare. */
export function measure(
	panel: PanelInfo,
	series: readonly PanelSeries[],
	{ startedAt, finishedAt }: Window
): Moved | null {
	const table = new SeriesTable(series, Infinity, 1);
	const { times } = table;
	const columns = whereLabels(table.series, panel.where).map(({ values }) => values);
	let best: Moved | null = null;
	for (const column of columns) {
		const before = mean(times, column, startedAt - COMPARED_MS, startedAt);
		const after = mean(times, column, finishedAt, finishedAt + COMPARED_MS);
		if (before === null || after === null) continue;
		if (!best || Math.max(before, after) > Math.max(best.before, best.after))
			best = { panel, times, columns, before, after };
	}
	return best;
}

/** Those that moved, the most first; the rest held still. */
export function mostMoved(all: readonly Moved[]): Moved[] {
	return all
		.map((one) => ({
			one,
			by: Math.abs(one.after - one.before) / Math.max(Math.abs(one.before), Math.abs(one.after), 1e-9)
		}))
		.filter(({ one, by }) => by >= STILL && Math.abs(one.after - one.before) >= LEAST[one.panel.unit])
		.sort((a, b) => b.by - a.by)
		.slice(0, MOST)
		.map(({ one }) => one);
}

function mean(times: readonly number[], values: readonly (number | null)[], from: number, to: number): number | null {
	let sum = 0;
	let n = 0;
	times.forEach((time, i) => {
		const value = values[i];
		if (time < from || time > to || value === null || value === undefined) return;
		sum += value;
		n++;
	});
	return n === 0 ? null : sum / n;
}
