import { describe, expect, it } from 'vitest';
import { SeriesTable } from '../../../client/series-table.ts';
import { headline, limitsOf, linesOf, withoutPrefix } from './panel-data.ts';
import { pinnedLines } from './pinned-lines.ts';

const series = (labels: Record<string, string>[], values: number[][]) =>
	new SeriesTable(
		labels.map((one, index) => ({ index, labels: one, times: [1000, 2000], values: values[index] ?? [] })),
		10_000,
		1000
	);

describe('lines', () => {
	it('are those of the panel, named by its legend', () => {
		const table = series(
			[
				{ service: 'a', quantile: '0.99' },
				{ service: 'b', quantile: '0.99' },
				{ service: 'a', quantile: '0.5' }
			],
			[
				[9, 9],
				[8, 8],
				[5, 5]
			]
		);
		const lines = linesOf({ where: { service: 'a' }, legend: 'quantile' }, table);
		expect(lines.map(({ name }) => name)).toEqual(['p50', 'p99']);
	});
	it('are no more than can be told apart', () => {
		const labels = Array.from({ length: 9 }, (_, i) => ({ pod: `pod-${i}` }));
		const lines = linesOf(
			{ where: {}, legend: 'pod' },
			series(
				labels,
				labels.map((_, i) => [i, i])
			)
		);
		expect(lines.map(({ name }) => name)).toEqual(['3', '4', '5', '6', '7', '8']);
	});
	it('are none while the history is on its way', () => expect(linesOf({ where: {}, legend: '' }, null)).toEqual([]));
});

it.each([
	[
		['core-api-7d9f5c-x2x4p', 'core-api-7d9f5c-9xkq2'],
		['x2x4p', '9xkq2']
	],
	[
		['core-api-1-a', 'core-db-1-a'],
		['api-1-a', 'db-1-a']
	],
	[
		['core-api', 'edge-lb'],
		['core-api', 'edge-lb']
	],
	[
		['core-api', 'core-api-2'],
		['api', 'api-2']
	],
	[['core-api-7d9f5c-x2x4p'], ['core-api-7d9f5c-x2x4p']],
	[[], []]
])('%j is told apart as %j', (names, expected) => expect(withoutPrefix(names)).toEqual(expected));

describe('headline', () => {
	const lines = [
		{ name: 'p50', values: [1, 2, 3] },
		{ name: 'p99', values: [4, 9, null] }
	];
	it.each([
		[null, { name: 'p99', value: 9 }],
		[0, { name: 'p99', value: 4 }],
		[2, { name: 'p50', value: 3 }],
		[7, null]
	])('at row %s', (row, expected) => expect(headline(lines, row)).toEqual(expected));
	it('is the lowest where high is good', () => expect(headline(lines, 0, 'high')).toEqual({ name: 'p50', value: 1 }));
});

it('what is pinned is the part that is drawn, without gaps', () => {
	const lines = [{ name: 'p99', values: [1, null, 3, 4] }];
	expect(pinnedLines(lines, [10, 20, 30, 40], { fromAt: 10, toAt: 30 }, 'quantile')).toEqual([
		{ labels: { quantile: 'p99' }, times: [10, 30], values: [1, 3] }
	]);
});

it('a limit is a ceiling, or a floor where high is good', () => {
	expect(limitsOf({ limit: 5, better: 'low' })).toEqual([{ value: 5, tone: 'bad', bad: 'above' }]);
	expect(limitsOf({ limit: 5, better: 'high' })[0]?.bad).toBe('below');
	expect(limitsOf({ limit: null, better: null })).toEqual([]);
});
