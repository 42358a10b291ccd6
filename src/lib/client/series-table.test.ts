import { describe, expect, it } from 'vitest';
import { lastValue, SeriesTable, whereLabels } from './series-table.ts';

const history = [
	{ index: 0, labels: { pod: 'a' }, times: [10, 20, 30], values: [1, 2, 3] },
	{ index: 1, labels: { pod: 'b' }, times: [20, 30], values: [5, NaN] }
];

describe('history', () => {
	it('lines up series of different length on one column of times', () => {
		const table = new SeriesTable(history, 1_000, 10);
		expect(table.times).toEqual([10, 20, 30]);
		expect(table.series.map(({ values }) => values)).toEqual([
			[1, 2, 3],
			[null, 5, null]
		]);
	});
});

describe('frames', () => {
	it('append a row, and replace it within one step so that a long window stays small', () => {
		const table = new SeriesTable(history, 1_000, 10);
		table.append(40, [{ seriesIndex: 0, value: 4 }]);
		table.append(45, [{ seriesIndex: 0, value: 4.5 }]);
		table.append(50, [{ seriesIndex: 0, value: 5 }]);
		expect(table.times).toEqual([10, 20, 30, 45, 50]);
		expect(table.series[0]?.values).toEqual([1, 2, 3, 4.5, 5]);
	});
	it('ignore a late frame', () => {
		const table = new SeriesTable(history, 1_000, 10);
		table.append(30, [{ seriesIndex: 0, value: 9 }]);
		expect(table.series[0]?.values).toEqual([1, 2, 3]);
	});
	it('leave a gap where a series is absent', () => {
		const table = new SeriesTable(history, 1_000, 10);
		table.append(40, [{ seriesIndex: 1, value: NaN }]);
		expect(table.series.map(({ values }) => values.at(-1))).toEqual([null, null]);
	});
	it('take in a series that appears', () => {
		const table = new SeriesTable(history, 1_000, 10);
		table.addSeries(2, { pod: 'c' });
		table.append(40, [{ seriesIndex: 2, value: 7 }]);
		expect(table.series[2]).toEqual({ labels: { pod: 'c' }, values: [null, null, null, 7] });
	});
	it('forget what has left the window', () => {
		const table = new SeriesTable([], 50, 1);
		for (let at = 1; at <= 200; at++) table.append(at, []);
		expect(table.times[0]).toBeGreaterThanOrEqual(118);
		expect(table.times.at(-1)).toBe(200);
	});
});

it.each([
	[[1, 2, 3], 3],
	[[1, 2, null], 2],
	[[1, null, null, null, null], null],
	[[], null]
])('the last value of %j is %s', (values, expected) => {
	expect(lastValue(values)).toBe(expected);
});

it('picks the series of a panel by its labels', () => {
	const series = history.map(({ labels }) => ({ labels, values: [] }));
	expect(whereLabels(series, { pod: 'b' }).length).toBe(1);
	expect(whereLabels(series, {}).length).toBe(2);
});
