import * as Y from 'yjs';

/** What a thread of comments is about: a section, or one line of it. */
export interface Anchor {
	/** `title`, `summary.impact`, or the name of a list. */
	section: string;
	/** Id of the item, or null for the section as a whole. */
	itemId: string | null;
}

export interface Comment {
	id: string;
	text: string;
	/** Participant id; the server sees to it that it is who wrote it. */
	by: string;
	/** Wall time. */
	at: number;
}

export interface Thread {
	id: string;
	anchor: Anchor;
	/** In the order in which they were written; the first opened the thread. */
	comments: Comment[];
	/** Who resolved it; null while it is open. */
	resolvedBy: string | null;
}

/** Name of the shared array: comments lie beside the document and are no part of what is published. */
export const COMMENTS = 'comments';
export const LONGEST_COMMENT = 4000;

/** Adds a comment: opens a thread where `threadId` is null. Returns the id of its thread. */
export function addComment(doc: Y.Doc, threadId: string | null, anchor: Anchor, comment: Comment): string {
	const map = new Y.Map<unknown>();
	const thread = threadId ?? comment.id;
	for (const [field, value] of Object.entries({ ...comment, ...anchor, thread })) map.set(field, value);
	doc.getArray<Y.Map<unknown>>(COMMENTS).push([map]);
	return thread;
}

/** Marks a thread as settled by somebody, or opens it again with null. */
export function resolveThread(doc: Y.Doc, threadId: string, by: string | null): void {
	commentOf(doc, threadId)?.set('resolvedBy', by);
}

/** Takes a comment back. A thread of which nothing is left vanishes. */
export function withdrawComment(doc: Y.Doc, id: string): void {
	commentOf(doc, id)?.set('removed', true);
}

function commentOf(doc: Y.Doc, id: string): Y.Map<unknown> | undefined {
	return stored(doc).find((comment) => comment.get('id') === id);
}

function stored(doc: Y.Doc): Y.Map<unknown>[] {
	return doc
		.getArray<unknown>(COMMENTS)
		.toArray()
		.filter((one): one is Y.Map<unknown> => one instanceof Y.Map);
}

/** All threads, oldest first. */
export function readThreads(doc: Y.Doc): Thread[] {
	const threads = new Map<string, Thread>();
	for (const map of stored(doc)) {
		const threadId = String(map.get('thread'));
		const thread = threads.get(threadId) ?? {
			id: threadId,
			anchor: { section: String(map.get('section')), itemId: (map.get('itemId') as string | null | undefined) ?? null },
			comments: [],
			resolvedBy: null
		};
		threads.set(threadId, thread);
		if (map.get('id') === threadId) thread.resolvedBy = (map.get('resolvedBy') as string | null | undefined) ?? null;
		if (map.get('removed') === true) continue;
		thread.comments.push({
			id: String(map.get('id')),
			text: String(map.get('text')),
			by: String(map.get('by')),
			at: Number(map.get('at'))
		});
	}
	return [...threads.values()].filter(({ comments }) => comments.length > 0);
}

/**
 * Comments that an update of this participant brought under another name, or at a time that cannot be: set right in place.
 * True where something had to be.
 */
export function stampComments(doc: Y.Doc, fresh: ReadonlySet<Y.Map<unknown>>, by: string, now: number): boolean {
	const wrong = [...fresh].filter(
		(comment) => comment.get('by') !== by || Math.abs(Number(comment.get('at')) - now) > OFF_BY_MS
	);
	if (wrong.length === 0) return false;
	doc.transact(() => {
		for (const comment of wrong) {
			comment.set('by', by);
			comment.set('at', now);
		}
	});
	return true;
}

/** What was written while the line was down keeps its time; a clock that is a day off does not. */
const OFF_BY_MS = 24 * 3_600_000;
