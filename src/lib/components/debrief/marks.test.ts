import { describe, expect, it } from 'vitest';
import type { TimelineEntry } from '$lib/incident/timeline.ts';
import { isDrawn, placeMarks } from './marks.ts';

function entry(seq: number, at: number, title: string, rest: Partial<TimelineEntry> = {}): TimelineEntry {
	const by = { kind: 'system', name: 'muster' } as const;
	return { seq, at, lane: 'alerts', icon: 'alert', title, detail: '', by, about: null, key: true, bot: false, ...rest };
}
const NONE: ReadonlySet<number> = new Set();
const same = (at: number) => at;

describe('the marks of a lane', () => {
	it('stand where their time is, with their words where these fit', () => {
		const marks = placeMarks([entry(1, 0, 'HighErrorRate fired'), entry(2, 300, 'Resolved')], same, 1000, NONE);
		expect(marks.map(({ x, label }) => [x, label])).toEqual([
			[0, 'HighErrorRate fired'],
			[300, 'Resolved']
		]);
	});

	it('never write over the next mark: words are cut, or left out', () => {
		const tight = (next: number) =>
			placeMarks([entry(1, 0, 'HighErrorRate fired on core-api'), entry(2, next, 'x')], same, 2000, NONE)[0]?.label;
		expect(tight(400)).toBe('HighErrorRate fired on core-api');
		expect(tight(110)).toBe('HighErrorRate…');
		expect(tight(40)).toBe('');
	});

	it('are one where they would stand on each other, led by what harmed, else by a turning point', () => {
		const three = [entry(1, 0, 'Ran', { key: false }), entry(2, 4, 'Declared P1'), entry(3, 8, 'Restarted')];
		const [mark, ...others] = placeMarks(three, same, 1000, NONE);
		expect(others).toEqual([]);
		expect(mark).toMatchObject({ label: 'Declared P1 +2', entry: { seq: 2 } });
		expect(mark?.entries.map(({ seq }) => seq)).toEqual([1, 2, 3]);
		expect(placeMarks(three, same, 1000, new Set([3]))[0]?.entry.seq).toBe(3);
	});

	it.each([
		['a turning point', entry(1, 0, ''), true],
		['a small step', entry(1, 0, '', { key: false }), false],
		['a question from outside', entry(1, 0, '', { key: false, lane: 'customers' }), true],
		['what did harm', entry(7, 0, '', { key: false }), true]
	])('draw %s: %o', (_, one, drawn) => {
		expect(isDrawn(one, new Set([7]))).toBe(drawn);
	});
});
