import { describe, expect, it } from 'vitest';
import type { ViewEvent } from '../incident/event.ts';
import { readEvents, readSnapshot } from './view-log.ts';

const event = (viewSeq: number): ViewEvent => ({
	type: 'clock.resumed',
	payload: {},
	viewSeq,
	occurredAt: viewSeq * 1000,
	simMs: viewSeq * 1000,
	actor: { kind: 'system', name: 'muster' }
});
const events = (...numbers: number[]) => numbers.map(event);

describe('reading events', () => {
	const at3 = { viewKey: 'a', lastViewSeq: 3 };
	it.each([
		['the next ones', 'a', [4, 5], { kind: 'fresh', events: events(4, 5) }],
		['an overlap is not shown twice', 'a', [2, 3, 4], { kind: 'fresh', events: events(4) }],
		['old ones alone', 'a', [1, 2], { kind: 'fresh', events: [] }],
		['a gap before', 'a', [5], { kind: 'gap', after: 3 }],
		['a gap within', 'a', [4, 6], { kind: 'gap', after: 3 }],
		['another view', 'b', [4], { kind: 'other_view' }]
	])('%s', (_title, viewKey, numbers, expected) => {
		expect(readEvents(at3, viewKey, events(...numbers))).toEqual(expected);
	});
});

describe('reading a snapshot', () => {
	it.each([
		['a whole one replaces', { viewKey: 'a', lastViewSeq: 3 }, { viewKey: 'a', from: 0, n: [1, 2, 3, 4] }, true, 4],
		['one from where we are continues', { viewKey: 'a', lastViewSeq: 3 }, { viewKey: 'a', from: 3, n: [4] }, false, 4],
		['nothing new continues', { viewKey: 'a', lastViewSeq: 3 }, { viewKey: 'a', from: 3, n: [] }, false, 3],
		['another view replaces', { viewKey: 'a', lastViewSeq: 3 }, { viewKey: 'b', from: 0, n: [1] }, true, 1],
		['an empty whole one replaces', { viewKey: null, lastViewSeq: 0 }, { viewKey: 'a', from: 0, n: [] }, true, 0]
	])('%s', (_title, position, { viewKey, from, n }, replaces, last) => {
		expect(readSnapshot(position, { viewKey, from, events: events(...n) })).toEqual({
			replaces,
			position: { viewKey, lastViewSeq: last }
		});
	});
});
