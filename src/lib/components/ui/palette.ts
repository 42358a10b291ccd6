/** Something the command palette can do. */
export interface Action {
	id: string;
	label: string;
	/** Where it belongs: "Pager", "Go to". */
	group?: string;
	/** Other words that find it. */
	keywords?: string;
	/** The keys that do the same without the palette. */
	keys?: string;
	/** Why it cannot be done now; it is shown, so that nobody looks for it in vain. */
	unavailable?: string | undefined;
	run: () => void;
}

/**
 * The actions that hold every word of the query, best first: words at the label's start, then at the start of any of
 * its words, then anywhere. Without a query, all of them as they come. Equal ones keep their order.
 */
export function matching(actions: Action[], query: string): Action[] {
	const words = query.toLowerCase().split(/\s+/).filter(Boolean);
	if (words.length === 0) return actions;
	return actions
		.map((action) => ({ action, rank: rank(action, words) }))
		.filter((entry): entry is { action: Action; rank: number } => entry.rank !== undefined)
		.sort((a, b) => a.rank - b.rank)
		.map(({ action }) => action);
}

function rank(action: Action, words: string[]): number | undefined {
	const label = action.label.toLowerCase();
	const all = `${label} ${action.group ?? ''} ${action.keywords ?? ''}`.toLowerCase();
	let sum = 0;
	for (const word of words) {
		if (label.startsWith(word)) continue;
		if (label.includes(` ${word}`)) sum += 1;
		else if (all.includes(word)) sum += 2;
		else return undefined;
	}
	return sum;
}
