import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { compareDocuments } from './compare.ts';
import { documentAt, versionsOf, type StoredUpdate } from './history.ts';
import { addItem, rewrite, setRemoved } from './shared-edit.ts';
import { draftUpdate, itemOf } from './shared.ts';
import { SMALL } from './testing.ts';
import { timelineCorrections } from './timeline-corrections.ts';

const MINUTE = 60_000;

/** What is stored while people write: each step is one update. */
function stored(...steps: [minute: number, by: string, edit: (doc: Y.Doc) => void][]): StoredUpdate[] {
	const doc = new Y.Doc();
	const first = draftUpdate(SMALL);
	Y.applyUpdate(doc, first);
	const updates: StoredUpdate[] = [{ bytes: first, at: 0, participantId: null }];
	for (const [minute, participantId, edit] of steps) {
		const before = Y.encodeStateVector(doc);
		edit(doc);
		updates.push({ bytes: Y.encodeStateAsUpdate(doc, before), at: minute * MINUTE, participantId });
	}
	return updates;
}
const text = (id: string, after: string) => (doc: Y.Doc) =>
	rewrite(itemOf(doc, 'timeline', id)?.get('text') as Y.Text, after);
const time = (id: string, after: string) => (doc: Y.Doc) => void itemOf(doc, 'timeline', id)?.set('time', after);

describe('versionsOf', () => {
	const steps = (...minutes: [number, string | null][]) =>
		minutes.map(([minute, participantId]) => ({ at: minute * MINUTE, participantId }));
	it.each<[string, { at: number; participantId: string | null }[], number[], [number, string[]][]]>([
		['nothing', [], [], []],
		[
			'the draft stands alone',
			steps([0, null], [1, 'p1']),
			[],
			[
				[1, []],
				[2, ['p1']]
			]
		],
		[
			'two who write together are one version',
			steps([0, null], [1, 'p1'], [2, 'p2'], [3, 'p1']),
			[],
			[
				[1, []],
				[4, ['p1', 'p2']]
			]
		],
		[
			'a pause begins another',
			steps([0, null], [1, 'p1'], [12, 'p1']),
			[],
			[
				[1, []],
				[2, ['p1']],
				[3, ['p1']]
			]
		],
		[
			'so does what was published',
			steps([0, null], [1, 'p1'], [2, 'p1']),
			[2],
			[
				[1, []],
				[2, ['p1']],
				[3, ['p1']]
			]
		]
	])('%s', (_name, updates, ends, expected) => {
		expect(versionsOf(updates, ends).map(({ n, by }) => [n, by])).toEqual(expected);
	});

	it('does not let one grow for ever', () => {
		const long = Array.from({ length: 30 }, (_, index) => ({ at: index * 5 * MINUTE, participantId: 'p1' }));
		expect(versionsOf(long).length).toBeGreaterThan(1);
	});
});

describe('timelineCorrections', () => {
	it('tells who, when, and from what to what; typing is one correction', () => {
		const updates = stored(
			[1, 'p1', text('t1', 'First alert:')],
			[2, 'p1', text('t1', 'First alert: heap')],
			[3, 'p2', time('t2', '14:26')],
			[30, 'p1', text('t1', 'First alert: heap above 90%')]
		);
		expect(timelineCorrections(updates)).toEqual([
			{ lineId: 't1', what: 'text', from: 'First alert', to: 'First alert: heap', by: 'p1', at: 2 * MINUTE },
			{ lineId: 't2', what: 'time', from: '14:25', to: '14:26', by: 'p2', at: 3 * MINUTE },
			{
				lineId: 't1',
				what: 'text',
				from: 'First alert: heap',
				to: 'First alert: heap above 90%',
				by: 'p1',
				at: 30 * MINUTE
			}
		]);
	});

	it('tells what was added, taken out and put back, and forgets what came to nothing', () => {
		const updates = stored(
			[1, 'p1', (doc) => addItem(doc, 'timeline', { id: 'n', time: '14:24', text: '' }, 't1')],
			[2, 'p1', text('n', 'Phone call')],
			[3, 'p2', (doc) => setRemoved(doc, 'timeline', 't2', true)],
			[20, 'p1', (doc) => setRemoved(doc, 'timeline', 't2', false)],
			[40, 'p2', text('t1', 'x')],
			[41, 'p2', text('t1', 'First alert')]
		);
		expect(timelineCorrections(updates).map(({ what, from, to, by }) => [what, from, to, by])).toEqual([
			['added', '', '14:24 Phone call', 'p1'],
			['removed', '14:25 Acknowledged', '14:25 Acknowledged', 'p2'],
			['put_back', '14:25 Acknowledged', '14:25 Acknowledged', 'p1']
		]);
	});

	it('says nothing of a draft that nobody touched', () => expect(timelineCorrections(stored())).toEqual([]));
});

describe('versions read and compared', () => {
	const updates = stored(
		[1, 'p1', (doc) => rewrite(doc.getText('summary.impact'), '15% of requests stalled')],
		[2, 'p1', (doc) => addItem(doc, 'lessons', { id: 'l2', text: 'Second' })],
		[3, 'p2', (doc) => setRemoved(doc, 'wentWell', 'w1', true)],
		[4, 'p2', (doc) => void itemOf(doc, 'actionItems', 'a1')?.set('status', 'complete')]
	);
	it('reads any version', () => {
		expect(documentAt(updates, 1)).toEqual(SMALL);
		expect(documentAt(updates, 2).summary.impact).toBe('15% of requests stalled');
		expect(documentAt(updates, 5).actionItems[0]?.status).toBe('complete');
	});
	it('tells what differs', () => {
		const changes = compareDocuments(SMALL, documentAt(updates, 5));
		expect(changes.map(({ where, kind }) => `${kind}: ${where}`)).toEqual([
			'changed: Executive summary: impact',
			'removed: What went well',
			'added: Lessons',
			'changed: Action items'
		]);
		expect(compareDocuments(SMALL, SMALL)).toEqual([]);
	});
});
