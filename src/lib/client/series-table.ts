/**
 * The samples of one query: a column of times and one column per series, as charts want them. Grows by frames, is
 * bounded by the window, and starts anew with each history. Pure data; `null` where there is no sample.
 */
import type { PanelSeries } from '../protocol/messages.ts';

export interface SeriesColumn {
	labels: Record<string, string>;
	values: (number | null)[];
}

export class SeriesTable {
	/** Incident time, epoch ms, ascending. */
	times: number[] = [];
	series: SeriesColumn[] = [];
	#stepMs: number;
	#windowMs: number;
	/** Time of the row that still moves: within one step the newest sample replaces the one before. */
	#tailStart: number | null = null;

	constructor(history: readonly PanelSeries[], windowMs: number, stepMs: number) {
		this.#windowMs = windowMs;
		this.#stepMs = stepMs;
		this.times = mergeTimes(history);
		const row = new Map(this.times.map((time, index) => [time, index]));
		for (const { index, labels, times, values } of history) {
			const column: (number | null)[] = new Array<null>(this.times.length).fill(null);
			for (let i = 0; i < times.length; i++) {
				const at = row.get(times[i] ?? NaN);
				if (at !== undefined) column[at] = sample(values[i]);
			}
			this.series[index] = { labels, values: column };
		}
		// A sparse index would leave holes that every reader had to guard against.
		for (let i = 0; i < this.series.length; i++) this.series[i] ??= this.#empty({});
	}

	/** A series that was not in the history: nothing before now. */
	addSeries(index: number, labels: Record<string, string>): void {
		while (this.series.length < index) this.series.push(this.#empty({}));
		this.series[index] = this.#empty(labels);
	}

	/** One tick. Samples older than the newest row are dropped: a late frame tells nothing new. */
	append(at: number, samples: readonly { seriesIndex: number; value: number }[]): void {
		const last = this.times.at(-1);
		if (last !== undefined && at <= last) return;
		const replace = this.#tailStart !== null && last !== undefined && at - this.#tailStart < this.#stepMs;
		if (!replace) {
			this.#tailStart = at;
			this.times.push(at);
			for (const column of this.series) column.values.push(null);
		} else {
			this.times[this.times.length - 1] = at;
		}
		for (const { seriesIndex, value } of samples) {
			const column = this.series[seriesIndex];
			if (column) column.values[column.values.length - 1] = sample(value);
		}
		this.#forget(at - this.#windowMs);
	}

	#empty(labels: Record<string, string>): SeriesColumn {
		return { labels, values: new Array<null>(this.times.length).fill(null) };
	}

	#forget(before: number): void {
		let drop = 0;
		while (drop < this.times.length && (this.times[drop] ?? before) < before) drop++;
		// Cutting the head of an array costs its length: not for every row.
		if (drop < 32) return;
		this.times = this.times.slice(drop);
		for (const column of this.series) column.values = column.values.slice(drop);
	}
}

function sample(value: number | undefined): number | null {
	return value === undefined || !Number.isFinite(value) ? null : value;
}

function mergeTimes(history: readonly PanelSeries[]): number[] {
	const times = new Set<number>();
	for (const series of history) for (const time of series.times) times.add(time);
	return [...times].sort((a, b) => a - b);
}

/** The last sample of a column, looking back over at most `back` empty rows; null where it has gone. */
export function lastValue(values: readonly (number | null)[], back = 3): number | null {
	for (let i = values.length - 1; i >= Math.max(0, values.length - 1 - back); i--) {
		const value = values[i];
		if (value !== null && value !== undefined) return value;
	}
	return null;
}

/** The series with these labels. */
export function whereLabels(series: readonly SeriesColumn[], where: Record<string, string>): SeriesColumn[] {
	const wanted = Object.entries(where);
	return series.filter(({ labels }) => wanted.every(([name, value]) => labels[name] === value));
}
