import * as Y from 'yjs';
import { LISTS, SUMMARY_FIELDS, TEXT_FIELDS } from './document.ts';
import type { ListName, PostmortemDocument, TimelineLine } from './document.ts';

/**
 * The post-mortem as a Yjs document: a map `head` (key), texts `title` and `summary.*`, and per list an array of maps whose
 * long fields are texts. What two people write at once is kept, both of it:
 * - an item that is taken out is only marked `removed`, so that what somebody else writes in it meanwhile can be put back;
 * - an item is moved by its field `order`, never by deleting it and adding another;
 * - evidence is one field per event (`event:12`), so that two people may link at once.
 */

/** Client id of the first draft: the same draft gives the same update, so that making it twice adds nothing. */
const DRAFT_CLIENT = 1;

/** Between two items that were drafted there is room for many. */
export const STEP = 1024;

export type SharedItem = Y.Map<unknown>;

/** The update that holds a draft. Deterministic. */
export function draftUpdate(document: PostmortemDocument): Uint8Array {
	const doc = new Y.Doc();
	doc.clientID = DRAFT_CLIENT;
	doc.transact(() => {
		doc.getMap('head').set('key', document.key);
		doc.getText('title').insert(0, document.title);
		for (const field of SUMMARY_FIELDS) doc.getText(`summary.${field}`).insert(0, document.summary[field]);
		for (const list of LISTS) {
			const items = document[list].map((item, index) => sharedItem(list, { ...item, order: (index + 1) * STEP }));
			doc.getArray(list).push(items);
		}
	});
	return Y.encodeStateAsUpdate(doc);
}

/** A list item as a shared map. */
export function sharedItem(list: ListName, item: object): SharedItem {
	const map = new Y.Map<unknown>();
	for (const [field, value] of Object.entries(item) as [string, unknown][]) {
		if (field === 'events' && Array.isArray(value)) for (const seq of value) map.set(eventField(Number(seq)), true);
		else map.set(field, TEXT_FIELDS[list].includes(field) ? new Y.Text(String(value)) : value);
	}
	return map;
}

/** The field of a why that says that it stands on an event. */
export function eventField(seq: number): string {
	return `event:${seq}`;
}

/** Items of a list as they are stored, taken out or not. */
export function storedItems(doc: Y.Doc, list: ListName): SharedItem[] {
	return doc
		.getArray<unknown>(list)
		.toArray()
		.filter((item): item is SharedItem => item instanceof Y.Map);
}

/** The living item of an id. Where two people confirmed the same suggestion at once, the first of the two. */
export function itemOf(doc: Y.Doc, list: ListName, id: string): SharedItem | undefined {
	const found = storedItems(doc, list).filter((item) => item.get('id') === id);
	return found.find((item) => item.get('removed') !== true) ?? found[0];
}

/** Living items in reading order, each id once. */
export function livingItems(doc: Y.Doc, list: ListName): SharedItem[] {
	const seen = new Set<unknown>();
	const living = storedItems(doc, list).filter((item) => {
		if (item.get('removed') === true || seen.has(item.get('id'))) return false;
		seen.add(item.get('id'));
		return true;
	});
	// One that came without a number follows the one before it.
	let last = Number.NEGATIVE_INFINITY;
	return living
		.map((item, index) => {
			const order = item.get('order');
			if (typeof order === 'number') last = order;
			return { item, index, order: last };
		})
		.sort((one, other) => (one.order === other.order ? one.index - other.index : one.order - other.order))
		.map(({ item }) => item);
}

/** Reads a shared document as plain JSON. Fields that an older or broken client left out read as empty. */
export function readDocument(doc: Y.Doc): PostmortemDocument {
	const summary = Object.fromEntries(
		SUMMARY_FIELDS.map((field) => [field, doc.getText(`summary.${field}`).toString()])
	);
	const lists = Object.fromEntries(
		LISTS.map((list) => [list, livingItems(doc, list).map((item) => plainItem(list, item))])
	) as unknown as Pick<PostmortemDocument, ListName>;
	return {
		key: String(doc.getMap('head').get('key') ?? ''),
		title: doc.getText('title').toString(),
		summary: summary as PostmortemDocument['summary'],
		...lists,
		timeline: inTime(lists.timeline)
	};
}

function plainItem(list: ListName, item: SharedItem): object {
	const plain: Record<string, unknown> = { ...EMPTY[list] };
	const events: number[] = [];
	for (const [field, value] of Object.entries(item.toJSON() as Record<string, unknown>)) {
		if (field === 'order' || field === 'removed') continue;
		if (!field.startsWith('event:')) plain[field] = value;
		else if (value === true) events.push(Number(field.slice(6)));
	}
	if (list === 'whys') plain.events = events.sort((one, other) => one - other);
	return plain;
}

/** Lines by time; one without stays behind the line that it was written after. */
function inTime(lines: readonly TimelineLine[]): TimelineLine[] {
	let last = Number.NEGATIVE_INFINITY;
	return lines
		.map((line, index) => {
			last = line.at ?? last;
			return { line, index, at: last };
		})
		.sort((one, other) => (one.at === other.at ? one.index - other.index : one.at - other.at))
		.map(({ line }) => line);
}

/** The document that stored updates amount to, for those who go on with it. */
export function mergedDoc(updates: readonly Uint8Array[]): Y.Doc {
	const doc = new Y.Doc();
	for (const update of updates) Y.applyUpdate(doc, update);
	return doc;
}

/** Reads the document that stored updates amount to. */
export function documentOf(updates: readonly Uint8Array[]): PostmortemDocument {
	return readDocument(mergedDoc(updates));
}

const LINE = { id: '', text: '' };

/** An item of each list with nothing in it. */
export const EMPTY: { [L in ListName]: PostmortemDocument[L][number] } = {
	impact: LINE,
	timeline: { ...LINE, time: '', at: null, seq: null },
	wentWell: LINE,
	wentWrong: LINE,
	whys: {
		id: '',
		parentId: null,
		question: '',
		answer: '',
		category: 'technical',
		rootCause: false,
		evidence: '',
		events: []
	},
	systemicFactors: { ...LINE, category: 'technical', confirmed: false, dismissed: false, rule: '' },
	contributingFactors: LINE,
	lessons: LINE,
	actionItems: {
		id: '',
		title: '',
		kind: 'other',
		owner: '',
		dueDate: '',
		priority: 'medium',
		successCriterion: '',
		status: 'not_started',
		causeId: '',
		proofIncidentId: null,
		proofNote: ''
	}
};
