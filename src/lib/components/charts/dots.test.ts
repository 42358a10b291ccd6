import { expect, it } from 'vitest';
import { nearestDot, type ChartDot } from './dots.ts';

const dot = (id: string, at: number, value: number): ChartDot => ({ id, at, value, label: id });
const dots = [dot('a', 10, 10), dot('b', 16, 10), dot('c', 100, 100)];
const placeOf = ({ at, value }: ChartDot) => ({ x: at, y: value });

it.each([
	[10, 10, 'a'],
	[14, 11, 'b'],
	[104, 96, 'c'],
	[60, 60, null],
	[10, 20, null]
])('at %d, %d lies within reach of %s', (x, y, id) => {
	expect(nearestDot(dots, placeOf, x, y)?.id ?? null).toBe(id);
});
