/** Where a post-mortem stands, in the words of the page. */
export interface Standing {
	state: 'none' | 'draft' | 'review' | 'published';
	revision: number;
	/** Wall time. */
	published: { at: number; revision: number } | null;
	dueAt: number | null;
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

/** `Draft`, `In review`, `Published 3 March 2026`, `Draft of revision 2, published 3 March 2026`. */
export function standingWords({ state, revision, published }: Standing): string {
	const was = published
		? `published ${day.format(published.at)}${published.revision > 1 ? `, revision ${published.revision}` : ''}`
		: '';
	if (state === 'published') return was.charAt(0).toUpperCase() + was.slice(1);
	const now = state === 'review' ? 'In review' : 'Draft';
	return was === '' ? now : `${now} of revision ${revision}, ${was}`;
}

/** Until when it is to be published, and by how much that is past. Null where nothing is due any more. */
export function dueWords({ state, published, dueAt }: Standing, now: number): { words: string; late: boolean } | null {
	if (dueAt === null || state === 'none' || state === 'published' || published) return null;
	const days = Math.ceil((dueAt - now) / 86_400_000);
	if (dueAt < now) {
		const late = Math.max(1, Math.floor((now - dueAt) / 86_400_000));
		return { words: `${late} ${late === 1 ? 'day' : 'days'} overdue (was due ${day.format(dueAt)})`, late: true };
	}
	return {
		words: `due ${day.format(dueAt)}, ${days === 1 ? 'tomorrow at the latest' : `in ${days} days`}`,
		late: false
	};
}
