import { expect, it } from 'vitest';
import { LOG } from './log-scale.ts';
import { EVEN, roundTop, topOfScale } from './scale.ts';

it.each([
	['nothing yet', [[]], [], 'count', [0, 1]],
	['all noughts of a share', [[0, 0]], [0.05], 'ratio', [0, 0.01]],
	['air above', [[100]], [], 'count', [0, 120]],
	['a far limit stays out', [[10]], [100], 'count', [0, 12]],
	['a near limit is in sight', [[50]], [100], 'count', [0, 120]],
	['of two limits the near one', [[50]], [100, 900], 'count', [0, 120]],
	['a share does not exceed the whole', [[0.97]], [], 'ratio', [0, 1]],
	['gaps are no values', [[null, 100, undefined]], [], 'count', [0, 120]],
	['below nought', [[-10, 100]], [], 'count', [-10, 120]]
])('%s', (_title, columns, limits, unit, [low, high]) => {
	const [min, max] = topOfScale(columns, limits, unit);
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

it.each([
	['nothing yet', [[]], [], [1, 10]],
	['one power', [[3]], [], [1, 10]],
	['several', [[0.02, 40]], [], [0.01, 0.1, 1, 10, 100]],
	['too many to label all', [[1, 9e9]], [], [1, 1e3, 1e6, 1e9]],
	['a limit is in sight', [[3]], [50], [1, 10, 100]],
	['nought has no place', [[0, -3, null, 3]], [], [1, 10]]
])('powers of ten: %s', (_title, columns, limits, levels) =>
	expect(LOG.scaleOf(columns, limits, 'count').levels).toEqual(levels)
);

it('a scale of powers of ten has the middle where the power is half', () => {
	expect(LOG.heightOn(LOG.scaleOf([[1, 100]], [], 'count'), 10)).toBeCloseTo(0.5);
	expect(LOG.onScale([0, 5, null, -1])).toEqual([null, 5, null, null]);
	expect(EVEN.heightOn(EVEN.scaleOf([[100]], [], 'count'), 60)).toBeCloseTo(0.5);
	expect(EVEN.onScale([0, -1])).toEqual([0, -1]);
});
