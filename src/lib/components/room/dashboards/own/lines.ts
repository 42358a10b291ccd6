/** The series of an answer as lines, with names that tell them apart. Pure. */
import { lastValue, type SeriesColumn } from '$lib/client/series-table.ts';
import type { Line } from '../panel-data.ts';

/** Lines that a chart can hold and a person can tell apart, with colours and dashes. */
export const MOST_LINES = 20;

export interface NamedLine extends Line {
	labels: Record<string, string>;
}

/** The highest ones first, as many as `most`; names are unique. */
export function namedLines(series: readonly SeriesColumn[], legend: string, most = MOST_LINES): NamedLine[] {
	const kept =
		series.length <= most ? [...series] : [...series].sort((a, b) => rank(b.values) - rank(a.values)).slice(0, most);
	const names = namesOf(
		kept.map(({ labels }) => labels),
		legend
	);
	const lines = kept.map(({ labels, values }, i) => ({ name: names[i] ?? '', labels, values }));
	return lines.sort((a, b) => rank(b.values) - rank(a.values) || a.name.localeCompare(b.name, 'en', { numeric: true }));
}

/** By the last value, and where that has gone by none at all. */
const rank = (values: readonly (number | null)[]) => lastValue(values) ?? -Infinity;

/** Names by a legend such as `{{service}} {{version}}`; without one by the labels in which the series differ. */
export function namesOf(sets: readonly Record<string, string>[], legend: string): string[] {
	const named = legend.trim() === '' ? byDifference(sets) : sets.map((labels) => filled(legend, labels));
	// Two lines of one name could not be looked at apart.
	const seen = new Map<string, number>();
	return named.map((name) => {
		const times = (seen.get(name) ?? 0) + 1;
		seen.set(name, times);
		return times === 1 ? name : `${name} (${times})`;
	});
}

function filled(legend: string, labels: Record<string, string>): string {
	return legend.replace(/\{\{\s*([A-Za-z_]\w*)\s*\}\}/gu, (_, name: string) => labels[name] ?? '').trim() || 'value';
}

function byDifference(sets: readonly Record<string, string>[]): string[] {
	const [first] = sets;
	if (!first) return [];
	const all = [...new Set(sets.flatMap((labels) => Object.keys(labels)))];
	const differing = all.filter((label) => sets.some((labels) => labels[label] !== first[label]));
	const wanted = sets.length === 1 ? all.filter((label) => label !== '__name__') : differing;
	if (wanted.length === 0) return sets.map((labels) => labels.__name__ ?? 'value');
	const [only] = wanted;
	if (wanted.length === 1 && only !== undefined) return sets.map((labels) => labels[only] ?? `no ${only}`);
	return sets.map((labels) => wanted.flatMap((label) => labels[label] ?? []).join(' · '));
}
