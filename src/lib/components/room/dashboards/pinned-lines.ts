import type { PinnedSeries } from '$lib/incident/events/response-events.ts';
import type { Line } from './panel-data.ts';

/** Lines as evidence keeps them: the samples of the part that is drawn, without gaps. */
export function pinnedLines(
	lines: readonly Line[],
	times: readonly number[],
	{ fromAt, toAt }: { fromAt: number; toAt: number },
	legend: string
): PinnedSeries[] {
	return lines.map(({ name, values }) => {
		const kept = values.flatMap((value, i) => {
			const time = times[i];
			return value === null || time === undefined || time < fromAt || time > toAt ? [] : [{ value, time }];
		});
		return {
			labels: name ? { [legend || 'line']: name } : {},
			times: kept.map(({ time }) => time),
			values: kept.map(({ value }) => value)
		};
	});
}
