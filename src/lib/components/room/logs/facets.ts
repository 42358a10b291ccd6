/** Which values the fields of the records at hand have, and how often: where to look on. Pure. */
import type { LogRecord } from './records.ts';

export interface Facet {
	name: string;
	values: { value: string; share: number }[];
	/** Values beyond those that are listed. */
	more: number;
}

const MOST_VALUES = 5;
/** A field that differs from record to record, such as a request's id, says nothing as a list. */
const MOST_DISTINCT = 40;

export function facetsOf(records: readonly LogRecord[]): Facet[] {
	const counts = new Map<string, Map<string, number>>();
	for (const record of records) {
		const fields = { service: record.service, version: record.version, instance: record.instance, ...record.fields };
		for (const [name, value] of Object.entries(fields)) {
			if (value === '') continue;
			const values = counts.get(name) ?? new Map<string, number>();
			values.set(value, (values.get(value) ?? 0) + 1);
			counts.set(name, values);
		}
	}
	return [...counts].flatMap(([name, values]) => {
		const all = [...values].sort(([a, m], [b, n]) => n - m || a.localeCompare(b, 'en'));
		const total = all.reduce((sum, [, count]) => sum + count, 0);
		if (all.length > MOST_DISTINCT || (all.length === total && total > MOST_VALUES)) return [];
		const listed = all.slice(0, MOST_VALUES);
		return [
			{
				name,
				values: listed.map(([value, count]) => ({ value, share: count / records.length })),
				more: all.length - listed.length
			}
		];
	});
}
