import { expect, it } from 'vitest';
import type { SeriesColumn } from '../../../..//client/series-table.ts';
import { tableOf } from './table.ts';

const series: SeriesColumn[] = [
	{ labels: { service: 'b', version: '10' }, values: [1, 5] },
	{ labels: { service: 'a', version: '9' }, values: [2, 7] },
	{ labels: { service: 'gone' }, values: [3, null, null, null, null] }
];
const names = (by: string, down: boolean, row: number | null = null) =>
	tableOf(series, row, { by, down }).rows.map(({ labels }) => labels.service);

it('is sorted by value or by a label, numbers in labels as numbers', () => {
	expect(names('', true)).toEqual(['a', 'b']);
	expect(names('', false)).toEqual(['b', 'a']);
	expect(names('version', false)).toEqual(['a', 'b']);
	expect(names('service', true)).toEqual(['b', 'a']);
});
it('shows a moment, and leaves out what has no value there', () => {
	expect(names('', true, 0)).toEqual(['gone', 'a', 'b']);
	expect(tableOf(series, null, { by: '', down: true }).labels).toEqual(['service', 'version']);
});
it('a label that all have alike is said once', () => {
	const alike = [1, 2].map((value) => ({ labels: { job: 'cadvisor', pod: `p${value}` }, values: [value] }));
	expect(tableOf(alike, null, { by: '', down: true })).toMatchObject({ labels: ['pod'], same: [['job', 'cadvisor']] });
});
