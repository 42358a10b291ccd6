import type * as Y from 'yjs';
import { LISTS, SUMMARY_FIELDS, TEXT_FIELDS, type ListName, type PostmortemDocument } from './document.ts';
import { EMPTY, eventField, itemOf, livingItems, sharedItem, STEP, storedItems } from './shared.ts';
import { textChange } from './text-change.ts';

/** What people do to the shared document, each as one transaction. Used by the browser, and by the server to restore. */

/** Makes a text read `after`, by the smallest replacement, so that others' typing beside it stays. */
export function rewrite(text: Y.Text, after: string): void {
	const change = textChange(text.toString(), after);
	if (!change) return;
	if (change.remove > 0) text.delete(change.at, change.remove);
	if (change.insert !== '') text.insert(change.at, change.insert);
}

/** Adds an item after another, or at the end. An item of that id which was taken out is put back instead. */
export function addItem<L extends ListName>(
	doc: Y.Doc,
	list: L,
	item: Partial<PostmortemDocument[L][number]> & { id: string },
	afterId?: string
): void {
	doc.transact(() => {
		const known = itemOf(doc, list, item.id);
		if (known) {
			known.set('removed', false);
			return assign(list, known, item);
		}
		const array = doc.getArray<Y.Map<unknown>>(list);
		const fresh = sharedItem(list, { ...EMPTY[list], ...item });
		fresh.set('order', orderAfter(doc, list, afterId));
		const after = afterId === undefined ? -1 : storedItems(doc, list).findIndex((one) => one.get('id') === afterId);
		array.insert(after === -1 ? array.length : after + 1, [fresh]);
	});
}

function orderAfter(doc: Y.Doc, list: ListName, afterId: string | undefined): number {
	const living = livingItems(doc, list);
	number(living);
	const found = afterId === undefined ? -1 : living.findIndex((item) => item.get('id') === afterId);
	const at = found === -1 ? living.length - 1 : found;
	return between(living[at], living[at + 1]);
}

/** Moves an item so that it stands before another, or at the end where `beforeId` is null. */
export function moveItem(doc: Y.Doc, list: ListName, id: string, beforeId: string | null): void {
	doc.transact(() => {
		const living = livingItems(doc, list);
		const item = living.find((one) => one.get('id') === id);
		if (!item) return;
		number(living);
		const others = living.filter((one) => one !== item);
		const found = beforeId === null ? -1 : others.findIndex((one) => one.get('id') === beforeId);
		const at = found === -1 ? others.length : found;
		item.set('order', between(others[at - 1], others[at]));
	});
}

/**
 * Numbers a list anew only where numbers are missing or are one and the same (two people added at one place): a number that
 * is written for an item nobody moved could undo somebody else's move.
 */
function number(living: readonly Y.Map<unknown>[]): void {
	const orders = living.map((item) => item.get('order'));
	if (orders.every((order) => typeof order === 'number') && new Set(orders).size === orders.length) return;
	living.forEach((item, index) => item.set('order', (index + 1) * STEP));
}

function between(before: Y.Map<unknown> | undefined, after: Y.Map<unknown> | undefined): number {
	const low = before ? Number(before.get('order')) : null;
	const high = after ? Number(after.get('order')) : null;
	if (low === null) return high === null ? STEP : high - STEP;
	return high === null ? low + STEP : (low + high) / 2;
}

/** Takes an item out, or puts it back. Whys below one that goes are asked of the answer above it. */
export function setRemoved(doc: Y.Doc, list: ListName, id: string, removed: boolean): void {
	doc.transact(() => {
		const item = itemOf(doc, list, id);
		if (!item) return;
		item.set('removed', removed);
		if (list !== 'whys' || !removed) return;
		const parentId = item.get('parentId') ?? null;
		for (const child of livingItems(doc, list)) if (child.get('parentId') === id) child.set('parentId', parentId);
	});
}

/**
 * Makes the document read like `target`, item by item, so that nothing of what others are writing is thrown away: what is
 * not in it is taken out, what was taken out is put back.
 */
export function restoreTo(doc: Y.Doc, target: PostmortemDocument): void {
	doc.transact(() => {
		rewrite(doc.getText('title'), target.title);
		for (const field of SUMMARY_FIELDS) rewrite(doc.getText(`summary.${field}`), target.summary[field]);
		for (const list of LISTS) restoreList(doc, list, target[list]);
	});
}

function restoreList(doc: Y.Doc, list: ListName, wanted: PostmortemDocument[ListName]): void {
	const ids = new Set(wanted.map(({ id }) => id));
	for (const item of livingItems(doc, list)) if (!ids.has(String(item.get('id')))) item.set('removed', true);
	for (const item of wanted) {
		const known = itemOf(doc, list, item.id);
		if (!known) {
			doc.getArray<Y.Map<unknown>>(list).push([sharedItem(list, item)]);
			continue;
		}
		if (known.get('removed') === true) known.set('removed', false);
		assign(list, known, item);
	}
	const order = livingItems(doc, list).map((item) => item.get('id'));
	if (order.join('\n') === wanted.map(({ id }) => id).join('\n')) return;
	wanted.forEach(({ id }, index) => itemOf(doc, list, id)?.set('order', (index + 1) * STEP));
}

/** Sets the fields that differ. */
function assign(list: ListName, item: Y.Map<unknown>, fields: object): void {
	for (const [field, value] of Object.entries(fields) as [string, unknown][]) {
		if (field === 'id') continue;
		if (field === 'events' && Array.isArray(value)) {
			const wanted = new Set(value.map((seq) => eventField(Number(seq))));
			for (const key of [...item.keys()]) {
				if (key.startsWith('event:') && item.get(key) === true && !wanted.has(key)) item.set(key, false);
			}
			for (const key of wanted) if (item.get(key) !== true) item.set(key, true);
		} else if (TEXT_FIELDS[list].includes(field)) rewriteField(item, field, String(value));
		else if (item.get(field) !== value) item.set(field, value);
	}
}

function rewriteField(item: Y.Map<unknown>, field: string, after: string): void {
	const text = item.get(field) as Y.Text | undefined;
	if (text && typeof text === 'object') rewrite(text, after);
}
