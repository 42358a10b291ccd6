/** The known name most like a misspelt one, or null where none is near: for "did you mean". */
export function nearest(name: string, known: Iterable<string>): string | null {
	let best: string | null = null;
	let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1;
	for (const candidate of known) {
		const distance = editDistance(name, candidate, bestDistance);
		if (distance < bestDistance) {
			best = candidate;
			bestDistance = distance;
		}
	}
	return best;
}

/** So many names are still read: the services of any archetype are fewer. */
const MOST_NAMED = 24;

/** Sentence that lists what there is: the nearest name, or all where they are few. */
export function suggestion(name: string, known: readonly string[]): string {
	const near = nearest(name, known);
	if (near !== null) return `did you mean "${near}"?`;
	if (known.length === 0) return 'there are none';
	return known.length <= MOST_NAMED ? `there are ${known.join(', ')}` : `there are ${known.length} others`;
}

/** Levenshtein's distance, or `limit` as soon as it cannot be less. */
function editDistance(a: string, b: string, limit: number): number {
	if (Math.abs(a.length - b.length) >= limit) return limit;
	let row = Array.from({ length: b.length + 1 }, (_, i) => i);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
		}
		row = next;
	}
	return Math.min(limit, row[b.length] ?? limit);
}
