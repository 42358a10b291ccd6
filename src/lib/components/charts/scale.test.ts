import { expect, it } from 'vitest';
import { roundTop, topOfScale } from './scale.ts';

it.each([
	['nothing yet', [[]], null, 'count', [0, 1]],
	['all noughts of a share', [[0, 0]], 0.05, 'ratio', [0, 0.01]],
	['air above', [[100]], null, 'count', [0, 120]],
	['a far limit stays out', [[10]], 100, 'count', [0, 12]],
	['a near limit is in sight', [[50]], 100, 'count', [0, 120]],
	['a share does not exceed the whole', [[0.97]], null, 'ratio', [0, 1]],
	['gaps are no values', [[null, 100, undefined]], null, 'count', [0, 120]],
	['below nought', [[-10, 100]], null, 'count', [-10, 120]]
])('%s', (_title, columns, limit, unit, [low, high]) => {
	const [min, max] = topOfScale(columns, limit, unit);
	expect(min).toBeCloseTo(low ?? NaN);
	expect(max).toBeCloseTo(high ?? NaN);
});

it.each([
	[0, 'count', 0],
	[4050, 'rps', 5000],
	[0.0026, 'ratio', 0.003],
	[0.241, 'seconds', 0.3],
	[1.9 * 1024 ** 3, 'bytes', 2 * 1024 ** 3],
	[700 * 1024 ** 2, 'bytes', 800 * 1024 ** 2]
])('the round figure above %d %s is %d', (value, unit, expected) =>
	expect(roundTop(value, unit)).toBeCloseTo(expected)
);
