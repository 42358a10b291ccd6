import * as Y from 'yjs';
import { LISTS, SUMMARY_FIELDS, TEXT_FIELDS } from './document.ts';
import type { ListName, PostmortemDocument } from './document.ts';

/**
 * The post-mortem as a Yjs document: a map `head` (key), texts `title` and `summary.*`, and per list an array of maps whose
 * long fields are texts. What two people write at once is kept, both of it.
 */

/** Client id of the first draft: the same draft gives the same update, so that making it twice adds nothing. */
const DRAFT_CLIENT = 1;

/** The update that holds a draft. Deterministic. */
export function draftUpdate(document: PostmortemDocument): Uint8Array {
	const doc = new Y.Doc();
	doc.clientID = DRAFT_CLIENT;
	doc.transact(() => {
		doc.getMap('head').set('key', document.key);
		doc.getText('title').insert(0, document.title);
		for (const field of SUMMARY_FIELDS) doc.getText(`summary.${field}`).insert(0, document.summary[field]);
		for (const list of LISTS) doc.getArray(list).push(document[list].map((item) => sharedItem(list, { ...item })));
	});
	return Y.encodeStateAsUpdate(doc);
}

/** A list item as a shared map. */
export function sharedItem(list: ListName, item: Record<string, unknown>): Y.Map<unknown> {
	const map = new Y.Map<unknown>();
	for (const [field, value] of Object.entries(item)) {
		map.set(field, TEXT_FIELDS[list].includes(field) ? new Y.Text(String(value)) : value);
	}
	return map;
}

/** Reads a shared document as plain JSON. Fields that an older or broken client left out read as empty. */
export function readDocument(doc: Y.Doc): PostmortemDocument {
	const summary = Object.fromEntries(
		SUMMARY_FIELDS.map((field) => [field, doc.getText(`summary.${field}`).toString()])
	);
	const lists = Object.fromEntries(
		LISTS.map((list) => [
			list,
			doc
				.getArray<unknown>(list)
				.toArray()
				.flatMap((item) => (item instanceof Y.Map ? [{ ...EMPTY[list], ...(item.toJSON() as object) }] : []))
		])
	);
	return {
		key: String(doc.getMap('head').get('key') ?? ''),
		title: doc.getText('title').toString(),
		summary,
		...lists
	} as unknown as PostmortemDocument;
}

/** Reads the document that stored updates amount to. */
export function documentOf(updates: readonly Uint8Array[]): PostmortemDocument {
	const doc = new Y.Doc();
	for (const update of updates) Y.applyUpdate(doc, update);
	return readDocument(doc);
}

const LINE = { id: '', text: '' };

/** An item of each list with nothing in it. */
export const EMPTY: { [L in ListName]: PostmortemDocument[L][number] } = {
	timeline: { ...LINE, time: '' },
	wentWell: LINE,
	wentWrong: LINE,
	whys: { id: '', parentId: null, question: '', answer: '', category: 'technical', rootCause: false, evidence: '' },
	systemicFactors: { ...LINE, category: 'technical', confirmed: false },
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
		status: 'not_started'
	}
};
