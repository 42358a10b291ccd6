import { expect, it } from 'vitest';
import type { PanelInfo } from '../../../protocol/messages.ts';
import { measure, mostMoved, type Moved } from './moved.ts';

const MINUTE = 60_000;
const panel = (id: string): PanelInfo => ({
	id,
	service: 'api',
	group: 'golden',
	title: id,
	unit: 'ratio',
	query: 'q',
	legend: '',
	limit: null,
	better: null,
	where: { service: 'api' }
});
const times = Array.from({ length: 21 }, (_, i) => i * MINUTE);
const window = { startedAt: 8 * MINUTE, finishedAt: 12 * MINUTE };
const series = (values: (i: number) => number, service = 'api') => [
	{ index: 0, labels: { service }, times, values: times.map((_, i) => values(i)) }
];

it('compares the time before it began with the time after it was done', () => {
	const moved = measure(
		panel('errors'),
		series((i) => (i <= 8 ? 0.2 : i < 12 ? 0.9 : 0.1)),
		window
	);
	expect([moved?.before, moved?.after]).toEqual([expect.closeTo(0.2), expect.closeTo(0.1)]);
});
it('has nothing to compare for another service, or before there is an after', () => {
	expect(
		measure(
			panel('errors'),
			series(() => 1, 'db'),
			window
		)
	).toBeNull();
	expect(
		measure(
			panel('errors'),
			series(() => 1),
			{ startedAt: 8 * MINUTE, finishedAt: 30 * MINUTE }
		)
	).toBeNull();
});
it('shows what moved most first, up or down, and leaves out what breathes', () => {
	const one = (id: string, before: number, after: number): Moved => ({
		panel: panel(id),
		times,
		columns: [],
		before,
		after
	});
	const order = mostMoved([one('still', 100, 105), one('halved', 100, 50), one('gone', 0.2, 0), one('risen', 1, 1.5)]);
	expect(order.map((moved) => moved.panel.id)).toEqual(['gone', 'halved', 'risen']);
});
