import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { PostmortemDocument } from './document.ts';
import { documentOf, draftUpdate, readDocument, sharedItem } from './shared.ts';

const draft: PostmortemDocument = {
	key: 'INC-2024-001',
	title: 'The cache that never forgets',
	summary: { duration: '47 minutes', impact: '15% of requests failed', rootCause: 'Memory leak' },
	timeline: [{ id: 't1', time: '14:23', text: 'First alert' }],
	wentWell: [{ id: 'w1', text: 'Alert fired early' }],
	wentWrong: [],
	whys: [
		{
			id: 'y1',
			parentId: null,
			question: 'Why?',
			answer: 'Because',
			category: 'technical',
			rootCause: true,
			evidence: ''
		}
	],
	systemicFactors: [],
	contributingFactors: [],
	lessons: [],
	actionItems: [
		{
			id: 'a1',
			title: 'Prevent: leak',
			kind: 'prevent',
			owner: '',
			dueDate: '2024-02-15',
			priority: 'high',
			successCriterion: '',
			status: 'not_started'
		}
	]
};

test('a draft reads back as it was written, and drafting twice adds nothing', () => {
	expect(documentOf([draftUpdate(draft)])).toEqual(draft);
	expect(documentOf([draftUpdate(draft), draftUpdate(draft)])).toEqual(draft);
});

test('what two people write at once is kept, both of it', () => {
	const update = draftUpdate(draft);
	const [ann, bo] = [new Y.Doc(), new Y.Doc()];
	Y.applyUpdate(ann, update);
	Y.applyUpdate(bo, update);
	ann.getText('summary.rootCause').insert(11, ' in the cache');
	bo.getText('summary.rootCause').insert(0, 'A ');
	ann.getArray('lessons').push([sharedItem('lessons', { id: 'l1', text: 'From Ann' })]);
	bo.getArray('lessons').push([sharedItem('lessons', { id: 'l2', text: 'From Bo' })]);
	Y.applyUpdate(ann, Y.encodeStateAsUpdate(bo));
	Y.applyUpdate(bo, Y.encodeStateAsUpdate(ann));
	expect(readDocument(ann)).toEqual(readDocument(bo));
	expect(readDocument(ann).summary.rootCause).toBe('A Memory leak in the cache');
	expect(
		readDocument(ann)
			.lessons.map((line) => line.text)
			.sort()
	).toEqual(['From Ann', 'From Bo']);
});
