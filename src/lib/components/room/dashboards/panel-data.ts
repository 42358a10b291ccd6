/** What a panel draws of its query's samples, and the figure in its title. Pure. */
import { lastValue, whereLabels, type SeriesColumn, type SeriesTable } from '$lib/client/series-table.ts';
import type { PanelInfo } from '$lib/protocol/messages.ts';
import type { ChartLimit } from '../../charts/limits.ts';

export interface Line {
	/** `p99`, `5.2.0`; empty where there is one line only. */
	name: string;
	values: (number | null)[];
}

/** More lines than colours tell nothing: the highest ones, in the order of their names. */
const MOST_LINES = 6;

export function linesOf(panel: Pick<PanelInfo, 'where' | 'legend'>, table: SeriesTable | null): Line[] {
	if (!table) return [];
	const found = whereLabels(table.series, panel.where);
	const full = found.map((series) => nameOf(series, panel.legend));
	const names = panel.legend === 'pod' || panel.legend === 'instance' ? withoutPrefix(full) : full;
	const lines = found.map(({ values }, i) => ({ name: names[i] ?? '', values }));
	const kept =
		lines.length <= MOST_LINES
			? lines
			: [...lines].sort((a, b) => (lastValue(b.values) ?? -1) - (lastValue(a.values) ?? -1)).slice(0, MOST_LINES);
	return kept.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

function nameOf({ labels }: SeriesColumn, legend: string): string {
	if (!legend) return '';
	const value = labels[legend] ?? '';
	const quantile = legend === 'quantile' ? Number(value) : NaN;
	return Number.isFinite(quantile) ? `p${Number((quantile * 100).toFixed(2))}` : value;
}

/** Pods of one service differ in their last part only: `core-api-7d9f5c-x2x4p` and its like become `x2x4p`. */
export function withoutPrefix(names: readonly string[]): string[] {
	const first = names[0] ?? '';
	let end = first.lastIndexOf('-') + 1;
	while (end > 0 && !names.every((name) => name.startsWith(first.slice(0, end)) && name.length > end)) {
		end = first.lastIndexOf('-', end - 2) + 1;
	}
	return names.length < 2 ? [...names] : names.map((name) => name.slice(end));
}

/**
 * The line at a row (`null`: now) that the title shows: the highest, or where high is good the lowest; null where nothing is.
 */
export function headline(
	lines: readonly Line[],
	row: number | null,
	better: 'low' | 'high' | null = null
): { name: string; value: number } | null {
	let found: { name: string; value: number } | null = null;
	for (const { name, values } of lines) {
		const value = row === null ? lastValue(values) : (values[row] ?? null);
		if (value === null) continue;
		if (found === null || (better === 'high' ? value <= found.value : value >= found.value)) found = { name, value };
	}
	return found;
}

/** Where a ready panel begins to be bad: above, or where high is good below. */
export function limitsOf({ limit, better }: Pick<PanelInfo, 'limit' | 'better'>): ChartLimit[] {
	return limit === null ? [] : [{ value: limit, tone: 'bad', bad: better === 'high' ? 'below' : 'above' }];
}
