import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import * as Y from 'yjs';
import { addComment, readThreads, resolveThread, stampComments, withdrawComment } from './comments.ts';
import { LISTS, type ListName } from './document.ts';
import { addItem, moveItem, restoreTo, rewrite, setRemoved } from './shared-edit.ts';
import { documentOf, draftUpdate, eventField, itemOf, readDocument } from './shared.ts';
import { SMALL } from './testing.ts';
import { readOverrulings, overrule } from './verdicts.ts';
import { readingOrder } from './why-tree.ts';

const update = draftUpdate(SMALL);

/** Several people who have the same document open. */
function people(count: number): Y.Doc[] {
	return Array.from({ length: count }, (_, index) => {
		const doc = new Y.Doc();
		doc.clientID = 100 + index;
		Y.applyUpdate(doc, update);
		return doc;
	});
}

function two(): [Y.Doc, Y.Doc] {
	const [one, other] = people(2);
	if (!one || !other) throw new Error('two people');
	return [one, other];
}

/** Everybody receives what everybody else wrote. */
function meet(...docs: Y.Doc[]): void {
	for (const from of docs) for (const to of docs) Y.applyUpdate(to, Y.encodeStateAsUpdate(from));
	for (const doc of docs) expect(readDocument(doc)).toEqual(readDocument(docs[0] ?? doc));
}

const ids = (doc: Y.Doc, list: ListName) => readDocument(doc)[list].map(({ id }) => id);

test('a draft reads back as it was written, and drafting twice adds nothing', () => {
	expect(documentOf([update])).toEqual(SMALL);
	expect(documentOf([update, draftUpdate(SMALL)])).toEqual(SMALL);
});

describe('what two people do at once is kept, both of it', () => {
	it('letters in one text and lines in one list', () => {
		const [ann, bo] = two();
		rewrite(ann.getText('summary.rootCause'), 'Memory leak in the cache');
		rewrite(bo.getText('summary.rootCause'), 'A Memory leak');
		addItem(ann, 'lessons', { id: 'n1', text: 'From Ann' });
		addItem(bo, 'lessons', { id: 'n2', text: 'From Bo' });
		meet(ann, bo);
		expect(readDocument(ann).summary.rootCause).toBe('A Memory leak in the cache');
		expect(ids(ann, 'lessons').sort()).toEqual(['l1', 'n1', 'n2']);
	});

	it('a move and an edit of the same item', () => {
		const [ann, bo] = two();
		moveItem(ann, 'timeline', 't2', 't1');
		moveItem(ann, 'whys', 'y2', 'y1');
		rewrite(itemOf(bo, 'whys', 'y2')?.get('answer') as Y.Text, 'No alerting on the slope of the heap');
		meet(ann, bo);
		expect(ids(ann, 'whys')).toEqual(['y2', 'y1']);
		expect(readDocument(ann).whys[0]?.answer).toBe('No alerting on the slope of the heap');
	});

	it('two moves of different items', () => {
		const [ann, bo] = two();
		for (const doc of [ann]) for (const id of ['c2', 'c3']) addItem(doc, 'contributingFactors', { id, text: id });
		meet(ann, bo);
		moveItem(ann, 'contributingFactors', 'c3', 'c1');
		moveItem(bo, 'contributingFactors', 'c1', null);
		meet(ann, bo);
		expect(ids(ann, 'contributingFactors')).toEqual(['c3', 'c2', 'c1']);
	});

	it('whys that are moved below one another: a circle loses neither', () => {
		const [ann, bo] = two();
		addItem(ann, 'whys', { id: 'y3', question: 'Why?' }, 'y2');
		meet(ann, bo);
		itemOf(ann, 'whys', 'y2')?.set('parentId', 'y3');
		itemOf(bo, 'whys', 'y3')?.set('parentId', 'y2');
		meet(ann, bo);
		expect(readingOrder(readDocument(ann).whys)).toHaveLength(3);
	});

	it('different fields of one action, and its status at once: the last wins, and both agree', () => {
		const [ann, bo] = two();
		itemOf(ann, 'actionItems', 'a1')?.set('status', 'in_progress');
		itemOf(bo, 'actionItems', 'a1')?.set('status', 'complete');
		itemOf(bo, 'actionItems', 'a1')?.set('owner', '@bo');
		meet(ann, bo);
		const [action] = readDocument(ann).actionItems;
		expect(action?.owner).toBe('@bo');
		expect(['in_progress', 'complete']).toContain(action?.status);
	});

	it('evidence that both link', () => {
		const [ann, bo] = two();
		itemOf(ann, 'whys', 'y1')?.set(eventField(12), true);
		itemOf(bo, 'whys', 'y1')?.set(eventField(7), true);
		itemOf(bo, 'whys', 'y1')?.set(eventField(4), false);
		meet(ann, bo);
		expect(readDocument(ann).whys[0]?.events).toEqual([7, 12]);
	});

	it('a suggestion that both take up', () => {
		const [ann, bo] = two();
		for (const doc of [ann, bo])
			addItem(doc, 'systemicFactors', { id: 'factor-x', text: 'X', rule: 'x', confirmed: true });
		meet(ann, bo);
		expect(ids(ann, 'systemicFactors')).toEqual(['factor-x']);
	});

	it('a line that one takes out while the other writes in it', () => {
		const [ann, bo] = two();
		setRemoved(ann, 'lessons', 'l1', true);
		rewrite(itemOf(bo, 'lessons', 'l1')?.get('text') as Y.Text, 'Watch the slope of the heap');
		meet(ann, bo);
		expect(ids(ann, 'lessons')).toEqual([]);
		setRemoved(bo, 'lessons', 'l1', false);
		meet(ann, bo);
		expect(readDocument(ann).lessons[0]?.text).toBe('Watch the slope of the heap');
	});

	it('comments, answers, and what settles them', () => {
		const [ann, bo] = two();
		const anchor = { section: 'whys', itemId: 'y1' };
		addComment(ann, null, anchor, { id: 'k1', text: 'How do we know?', by: 'p1', at: 1 });
		meet(ann, bo);
		addComment(ann, 'k1', anchor, { id: 'k2', text: 'From the heap', by: 'p1', at: 2 });
		addComment(bo, 'k1', anchor, { id: 'k3', text: 'By version', by: 'p2', at: 3 });
		resolveThread(bo, 'k1', 'p2');
		withdrawComment(ann, 'k2');
		meet(ann, bo);
		for (const doc of [ann, bo]) {
			expect(readThreads(doc)).toEqual([
				{
					id: 'k1',
					anchor,
					resolvedBy: 'p2',
					comments: [
						{ id: 'k1', text: 'How do we know?', by: 'p1', at: 1 },
						{ id: 'k3', text: 'By version', by: 'p2', at: 3 }
					]
				}
			]);
		}
	});

	it('what they say against the comparison with the truth', () => {
		const [ann, bo] = two();
		overrule(ann, 'why-1', { verdict: 'found', why: 'said aloud', by: 'p1' });
		overrule(bo, 'why-2', { verdict: 'missed', why: '', by: 'p2' });
		meet(ann, bo);
		expect(Object.keys(readOverrulings(bo)).sort()).toEqual(['why-1', 'why-2']);
		overrule(ann, 'why-1', null);
		expect(Object.keys(readOverrulings(ann))).toEqual(['why-2']);
	});
});

describe('many edits by several people', () => {
	const edit = fc.record({
		who: fc.nat(2),
		what: fc.constantFrom('type', 'add', 'remove', 'back', 'move', 'status', 'parent', 'comment', 'link'),
		list: fc.constantFrom<ListName>('timeline', 'whys', 'lessons', 'actionItems'),
		at: fc.nat(20),
		text: fc.string({ maxLength: 8 }),
		meet: fc.boolean()
	});
	it('come to the same document everywhere, and no item is lost', () => {
		fc.assert(
			fc.property(fc.array(edit, { maxLength: 40 }), (edits) => {
				const docs = people(3);
				const added = new Set<string>();
				let comments = 0;
				edits.forEach(({ who, what, list, at, text, meet: now }, index) => {
					const doc = docs[who];
					if (!doc) return;
					const living = ids(doc, list);
					const id = living[at % Math.max(1, living.length)] ?? '';
					const item = itemOf(doc, list, id);
					if (what === 'type') rewrite(doc.getText('summary.impact'), text);
					if (what === 'add') {
						addItem(doc, list, { id: `n${index}` }, id);
						added.add(`${list}/n${index}`);
					}
					if (what === 'remove') setRemoved(doc, list, id, true);
					if (what === 'back') setRemoved(doc, list, `n${at}`, false);
					if (what === 'move') moveItem(doc, list, id, living[(at + 1) % Math.max(1, living.length)] ?? null);
					if (what === 'status' && list === 'actionItems') item?.set('status', 'complete');
					if (what === 'parent' && list === 'whys') item?.set('parentId', living[(at + 1) % living.length] ?? null);
					if (what === 'link' && list === 'whys') item?.set(eventField(at), true);
					if (what === 'comment') {
						addComment(doc, null, { section: list, itemId: null }, { id: `k${index}`, text, by: 'p', at: 1 });
						comments++;
					}
					if (now) meet(...docs);
				});
				meet(...docs);
				const [doc] = docs;
				if (!doc) return;
				expect(readThreads(doc)).toHaveLength(comments);
				for (const known of added) {
					const [list, id] = known.split('/') as [ListName, string];
					expect(itemOf(doc, list, id)).toBeDefined();
				}
				const { whys } = readDocument(doc);
				expect(readingOrder(whys)).toHaveLength(whys.length);
				// Whatever was done can be undone.
				restoreTo(doc, SMALL);
				expect(readDocument(doc)).toEqual(SMALL);
			}),
			{ numRuns: 60, seed: 20_260_301 }
		);
	});
});

test('a why that goes hands its own whys to the answer above it', () => {
	const [doc] = two();
	addItem(doc, 'whys', { id: 'y3', parentId: 'y2', question: 'Why?' }, 'y2');
	setRemoved(doc, 'whys', 'y2', true);
	expect(readDocument(doc).whys.map(({ id, parentId }) => [id, parentId])).toEqual([
		['y1', null],
		['y3', 'y1']
	]);
});

test('a line goes to its time, one without stays behind its neighbour', () => {
	const [doc] = two();
	addItem(doc, 'timeline', { id: 'n', time: '', text: 'after the alert' }, 't1');
	itemOf(doc, 'timeline', 't2')?.set('at', Date.UTC(2024, 0, 24, 14, 20));
	expect(ids(doc, 'timeline')).toEqual(['t2', 't1', 'n']);
});

test('a restored version does not take away what others write beside it', () => {
	const [ann, bo] = two();
	const before = readDocument(ann);
	addItem(ann, 'lessons', { id: 'l2', text: 'Second' });
	setRemoved(ann, 'whys', 'y2', true);
	rewrite(ann.getText('title'), 'Changed');
	meet(ann, bo);
	addItem(bo, 'contributingFactors', { id: 'c9', text: 'Written meanwhile' });
	restoreTo(ann, before);
	meet(ann, bo);
	const after = readDocument(bo);
	expect({ ...after, contributingFactors: before.contributingFactors }).toEqual(before);
	expect(after.contributingFactors.map(({ text }) => text)).toContain('Written meanwhile');
});

test('a comment is by whoever sent it, whatever it says', () => {
	const [doc] = two();
	const fresh = new Set<Y.Map<unknown>>();
	addComment(doc, null, { section: 'title', itemId: null }, { id: 'k1', text: 'x', by: 'p9', at: 5 });
	for (const item of doc.getArray<Y.Map<unknown>>('comments').toArray()) fresh.add(item);
	expect(stampComments(doc, fresh, 'p1', 100_000_000_000)).toBe(true);
	expect(stampComments(doc, fresh, 'p1', 100_000_000_000)).toBe(false);
	expect(readThreads(doc)[0]?.comments[0]).toEqual({ id: 'k1', text: 'x', by: 'p1', at: 100_000_000_000 });
});

test('every list is read, whatever a broken client left out of it', () => {
	const doc = new Y.Doc();
	for (const list of LISTS) doc.getArray<unknown>(list).push([new Y.Map(), 'nonsense', 7]);
	const read = readDocument(doc);
	for (const list of LISTS) expect(read[list]).toHaveLength(1);
});
