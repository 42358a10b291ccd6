import * as Y from 'yjs';
import type { PostmortemDocument } from './document.ts';
import { readDocument } from './shared.ts';

/** An update of the shared document as it is stored: who wrote it, and when (wall time). */
export interface StoredUpdate {
	bytes: Uint8Array;
	at: number;
	/** Null for what Muster drafted. */
	participantId: string | null;
}

/** A stretch of writing without a long pause. Nothing is stored for it: any update is a version that can be read. */
export interface Version {
	/** How many updates it is made of; identifies it. */
	n: number;
	fromAt: number;
	toAt: number;
	/** Who wrote, in the order of their first change; empty for the draft. */
	by: string[];
}

/** A pause after which a new version begins, and the longest that one may grow. */
const PAUSE_MS = 10 * 60_000;
const LONGEST_MS = 60 * 60_000;

/** The versions of a document, oldest first. `ends` are update counts at which one must end: what was published. */
export function versionsOf(updates: readonly Omit<StoredUpdate, 'bytes'>[], ends: readonly number[] = []): Version[] {
	const versions: Version[] = [];
	const closed = new Set(ends);
	updates.forEach(({ at, participantId }, index) => {
		const last = versions.at(-1);
		const goesOn =
			last &&
			participantId !== null &&
			last.by.length > 0 &&
			!closed.has(last.n) &&
			at - last.toAt <= PAUSE_MS &&
			at - last.fromAt <= LONGEST_MS;
		if (!goesOn) {
			versions.push({ n: index + 1, fromAt: at, toAt: at, by: participantId === null ? [] : [participantId] });
			return;
		}
		last.n = index + 1;
		last.toAt = at;
		if (participantId !== null && !last.by.includes(participantId)) last.by.push(participantId);
	});
	return versions;
}

/** The document as it read after its first `n` updates. */
export function documentAt(updates: readonly StoredUpdate[], n: number): PostmortemDocument {
	const doc = new Y.Doc();
	for (const { bytes } of updates.slice(0, n)) Y.applyUpdate(doc, bytes);
	return readDocument(doc);
}
