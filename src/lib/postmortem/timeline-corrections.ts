import * as Y from 'yjs';
import type { StoredUpdate } from './history.ts';
import { storedItems, type SharedItem } from './shared.ts';

/** A change that somebody made to the timeline after it was drafted: who, when, from what to what. */
export interface TimelineCorrection {
	lineId: string;
	what: 'time' | 'text' | 'added' | 'removed' | 'put_back';
	/** Empty for a line that was added. */
	from: string;
	to: string;
	by: string;
	/** Wall time of its last letter. */
	at: number;
}

/** Typing within this time is one correction. */
const TOGETHER_MS = 10 * 60_000;

interface Line {
	time: string;
	text: string;
	removed: boolean;
}

/**
 * Every correction of the timeline, oldest first, read from the stored updates and from nothing that a client says of
 * itself. Moments of the response that moved are in the log besides, as `milestone.corrected`.
 */
export function timelineCorrections(updates: readonly StoredUpdate[]): TimelineCorrection[] {
	const doc = new Y.Doc();
	const touched = new Set<SharedItem>();
	doc.getArray('timeline').observeDeep((events) => {
		for (const { target, changes } of events) {
			if (target instanceof Y.Map) touched.add(target as SharedItem);
			else if (target.parent instanceof Y.Map) touched.add(target.parent as SharedItem);
			for (const { content } of changes.added) {
				for (const item of content.getContent() as unknown[])
					if (item instanceof Y.Map) touched.add(item as SharedItem);
			}
		}
	});
	const known = new Map<string, Line>();
	const record = new Record();
	for (const { bytes, at, participantId } of updates) {
		touched.clear();
		Y.applyUpdate(doc, bytes);
		for (const item of touched) {
			const id = String(item.get('id'));
			const before = known.get(id);
			const after = lineOf(item);
			known.set(id, after);
			if (participantId !== null) record.compare(id, before, after, { by: participantId, at });
		}
	}
	return record.corrections.filter(({ what, from, to }) => what === 'removed' || what === 'put_back' || from !== to);
}

function lineOf(item: SharedItem): Line {
	return {
		time: String(item.get('time') ?? ''),
		text: String(item.get('text') ?? ''),
		removed: item.get('removed') === true
	};
}

class Record {
	readonly corrections: TimelineCorrection[] = [];

	compare(lineId: string, before: Line | undefined, after: Line, who: { by: string; at: number }): void {
		if (!before) return this.#add({ lineId, what: 'added', from: '', to: words(after), ...who });
		if (before.removed !== after.removed) {
			this.#add({
				lineId,
				what: after.removed ? 'removed' : 'put_back',
				from: words(before),
				to: words(after),
				...who
			});
		}
		for (const what of ['time', 'text'] as const) {
			if (before[what] !== after[what])
				this.#change({ lineId, what, from: before[what], to: after[what], ...who }, after);
		}
	}

	/** Goes on with the correction that the same person has under way, where there is one. */
	#change(correction: TimelineCorrection, line: Line): void {
		const { lineId, what, by, at, to } = correction;
		const underWay = this.corrections.findLast(
			(one) =>
				one.lineId === lineId &&
				one.by === by &&
				at - one.at <= TOGETHER_MS &&
				(one.what === what || one.what === 'added')
		);
		if (!underWay) return this.#add(correction);
		underWay.to = underWay.what === 'added' ? words(line) : to;
		underWay.at = at;
	}

	#add(correction: TimelineCorrection): void {
		this.corrections.push(correction);
	}
}

function words({ time, text }: Line): string {
	return `${time} ${text}`.trim();
}

/** Items that stand in the shared timeline but were taken out, for those who want to put one back. */
export function removedLines(doc: Y.Doc): { id: string; time: string; text: string }[] {
	return storedItems(doc, 'timeline')
		.filter((item) => item.get('removed') === true)
		.map((item) => ({ id: String(item.get('id')), time: lineOf(item).time, text: lineOf(item).text }));
}
