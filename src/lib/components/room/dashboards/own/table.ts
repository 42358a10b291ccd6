/** The series of an answer as rows: a column for each label, and the value at a moment. Pure. */
import { lastValue, type SeriesColumn } from '$lib/client/series-table.ts';

export interface Order {
	/** A label; empty for the value. */
	by: string;
	down: boolean;
}

export interface TableRow {
	key: string;
	labels: Record<string, string>;
	value: number | null;
}

/** Series without a value at that moment are left out; `same` are the labels in which the others do not differ. */
export function tableOf(
	series: readonly SeriesColumn[],
	row: number | null,
	{ by, down }: Order
): { labels: string[]; same: [string, string][]; rows: TableRow[] } {
	const rows = series
		.map(({ labels, values }) => ({
			key: JSON.stringify(labels),
			labels,
			value: row === null ? lastValue(values) : (values[row] ?? null)
		}))
		.filter(({ value }) => value !== null);
	const all = [...new Set(rows.flatMap((one) => Object.keys(one.labels)))].sort((a, b) =>
		// The name of the metric first, then as the alphabet has it.
		a === '__name__' ? -1 : b === '__name__' ? 1 : a.localeCompare(b, 'en')
	);
	// A column of one value says it once.
	const only = (label: string) => rows.length > 1 && rows.every((one) => one.labels[label] === rows[0]?.labels[label]);
	const labels = all.filter((label) => !only(label));
	const same = all.filter(only).map((label): [string, string] => [label, rows[0]?.labels[label] ?? '']);
	const compare = (a: TableRow, b: TableRow) =>
		by === ''
			? (a.value ?? 0) - (b.value ?? 0)
			: (a.labels[by] ?? '').localeCompare(b.labels[by] ?? '', 'en', { numeric: true });
	rows.sort((a, b) => (down ? compare(b, a) : compare(a, b)) || (a.key < b.key ? -1 : 1));
	return { labels, same, rows };
}
