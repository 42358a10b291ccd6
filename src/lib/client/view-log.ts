/** What a viewer was sent, in order. Decides what of a message is new and whether something is missing; knows no socket. */
import type { ViewEvent } from '../incident/event.ts';
import type { Snapshot } from '../protocol/messages.ts';

/** `lastViewSeq` is 0 before the first event; `viewKey` is null before the first snapshot. */
export interface ViewPosition {
	viewKey: string | null;
	lastViewSeq: number;
}

export type Reading =
	/** These are new and follow on without a gap (possibly none). */
	| { kind: 'fresh'; events: ViewEvent[] }
	/** Something between our last event and these is missing: ask for what came after `after`. */
	| { kind: 'gap'; after: number }
	/** They belong to another view: a snapshot is on its way, or must be asked for. */
	| { kind: 'other_view' };

/** Sorts out a message of events. Events we have already are dropped, so that nothing is shown twice. */
export function readEvents(position: ViewPosition, viewKey: string, events: readonly ViewEvent[]): Reading {
	if (viewKey !== position.viewKey) return { kind: 'other_view' };
	const fresh = events.filter((event) => event.viewSeq > position.lastViewSeq);
	let expected = position.lastViewSeq + 1;
	for (const event of fresh) {
		if (event.viewSeq !== expected) return { kind: 'gap', after: position.lastViewSeq };
		expected++;
	}
	return { kind: 'fresh', events: fresh };
}

/** Where a snapshot leaves us, and whether it replaces what we hold (`from` 0 or another view) or continues it. */
export function readSnapshot(
	position: ViewPosition,
	snapshot: Pick<Snapshot, 'viewKey' | 'from' | 'events'>
): { replaces: boolean; position: ViewPosition } {
	const replaces =
		snapshot.from === 0 || snapshot.viewKey !== position.viewKey || snapshot.from !== position.lastViewSeq;
	const lastViewSeq = snapshot.events.at(-1)?.viewSeq ?? snapshot.from;
	return { replaces, position: { viewKey: snapshot.viewKey, lastViewSeq } };
}
