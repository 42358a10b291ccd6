import type * as Y from 'yjs';

/** What people say against a verdict of the comparison with the truth. */
export interface Overruling {
	verdict: string;
	why: string;
	by: string;
}

const VERDICTS = 'verdicts';

/** Puts people's word over the comparison's; null takes it back. */
export function overrule(doc: Y.Doc, rowId: string, overruling: Overruling | null): void {
	doc.getMap(VERDICTS).set(rowId, overruling);
}

export function readOverrulings(doc: Y.Doc): Record<string, Overruling> {
	const entries = Object.entries(doc.getMap(VERDICTS).toJSON() as Record<string, Overruling | null>);
	return Object.fromEntries(entries.filter((entry): entry is [string, Overruling] => entry[1] !== null));
}
