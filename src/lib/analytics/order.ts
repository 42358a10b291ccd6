/** One order for any set of incidents, so that no figure depends on the order in which they were given. */
import type { IncidentFacts } from './facts.ts';

/** By time, then by id; those without a time come last. */
export function inOrder(rows: readonly IncidentFacts[]): IncidentFacts[] {
	return rows.toSorted(earlier);
}

function earlier(a: IncidentFacts, b: IncidentFacts): number {
	if (a.at !== b.at) return (a.at ?? Number.POSITIVE_INFINITY) - (b.at ?? Number.POSITIVE_INFINITY);
	return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Groups by a key, the groups in the order of their keys, each in the order given. */
export function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const row of rows) {
		const key = keyOf(row);
		const group = groups.get(key);
		if (group) group.push(row);
		else groups.set(key, [row]);
	}
	return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
