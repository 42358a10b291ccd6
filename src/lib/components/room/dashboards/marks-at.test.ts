import { expect, it } from 'vitest';
import type { ChartMark } from '../../charts/marks.ts';
import { marksAt } from './marks-at.ts';

const mark = (at: number): ChartMark => ({ at, kind: 'change', label: `at ${at}` });

it('the marks near a moment, the nearest first and not too many', () => {
	const marks = [0, 995, 1_000, 1_004, 1_008, 1_011, 2_000].map(mark);
	expect(marksAt(marks, 1_003, 1_000).map(({ at }) => at)).toEqual([1_004, 1_000, 1_008]);
	expect(marksAt(marks, 1_500, 1_000)).toEqual([]);
});
