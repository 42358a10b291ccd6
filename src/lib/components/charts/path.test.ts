import { expect, it } from 'vitest';
import { linePath, timeTicks } from './path.ts';

const same = (value: number) => value;

it.each([
	[[], [], ''],
	[[0, 1, 2], [5, 6, 7], 'M0.0,5.0L1.0,6.0L2.0,7.0'],
	[[0, 1, 2, 3], [5, null, 7, 8], 'M0.0,5.0M2.0,7.0L3.0,8.0']
])('%j %j', (times, values, expected) => expect(linePath(times, values, same, same)).toBe(expected));

const minutes = (ticks: number[]) => ticks.map((at) => at / 60_000);
it.each([
	['an hour in a small panel', 3, 63, 160, [30, 60]],
	['an hour in a wide one', 3, 63, 400, [10, 20, 30, 40, 50, 60]],
	['a quarter of an hour', 1, 16, 300, [5, 10, 15]],
	['six hours', 10, 370, 200, [120, 240, 360]]
])('%s', (_title, from, to, width, expected) => {
	expect(minutes(timeTicks(from * 60_000, to * 60_000, width))).toEqual(expected);
});
