// One query of one run: its parsed form, and which series has which number in frames.

import { formatAnnotation, type Annotation, type Evaluation, type Labels, type Value } from '../../promql/index.ts';
import type { PanelSeries, QueryResult } from '../../protocol/messages.ts';
import type { Failure, Limits, Outcome, TimedOutcome } from '../queries/ask.ts';
import type { RunAsker } from './run-asker.ts';

/** Simulated milliseconds. */
export interface RangeWindow {
	fromMs: number;
	toMs: number;
	stepMs: number;
}

/** What the history of a panel may cost: a second of work. */
const LIMITS: Limits = { maxSamples: 2_000_000, maxPoints: 2_000, maxWork: 60_000_000 };
/** What the value of one moment may cost. */
export const INSTANT_LIMITS: Limits = { ...LIMITS, maxWork: 20_000_000 };
/** A query rests for so many times as long as it took: a costly one is asked less often, and leaves the threads to others. */
const REST = 19;
/** More lines than a chart can show, and than anybody can tell apart. */
const MOST_SERIES = 200;
const MOST_NOTES = 5;

type Answer = Pick<QueryResult, 'error' | 'errorAt' | 'notes' | 'series'>;

export interface Sample {
	appeared: { index: number; labels: Record<string, string> }[];
	cells: { index: number; value: number }[];
}

export class QueryLine {
	readonly #query: string;
	/** Monotonic, in milliseconds. */
	#restsUntil = -Infinity;
	/** Six people who open one room ask for the same history. */
	#last: { window: string; outcome: Promise<Outcome<Evaluation>> } | null = null;
	#indexes = new Map<string, { index: number; labels: Record<string, string> }>();
	/** Series that had a value in the last frame: when they end, that is shown once. */
	#present = new Set<number>();

	constructor(query: string) {
		this.#query = query;
	}

	/** The series over a window, in the numbers that frames use. A query that cannot be answered says why, and where. */
	async history(asker: RunAsker, window: RangeWindow): Promise<Answer> {
		const key = `${asker.moment} ${JSON.stringify(window)}`;
		if (this.#last?.window !== key) {
			const { fromMs: startMs, toMs: endMs, stepMs } = window;
			const ask = { type: 'range' as const, query: this.#query, startMs, endMs, stepMs, limits: LIMITS };
			this.#last = { window: key, outcome: asker.ask(ask) };
		}
		const outcome = await this.#last.outcome;
		if (!outcome.ok) return refused(outcome);
		const { value, annotations } = outcome.value;
		const all = value.type === 'matrix' ? value.series : [];
		const series = new Map<number, PanelSeries>();
		for (const one of all.slice(0, MOST_SERIES)) {
			const known = this.#number(one.labels);
			if (known) series.set(known.index, { ...known, ...finite(one, asker.startsAt) });
		}
		// Those that are only in frames so far belong to the answer too: nobody will be told of them again.
		for (const known of this.#indexes.values()) {
			if (!series.has(known.index)) series.set(known.index, { ...known, times: [], values: [] });
		}
		return {
			error: null,
			errorAt: null,
			notes: notesOf(annotations, all.length),
			series: [...series.values()].sort((a, b) => a.index - b.index)
		};
	}

	/** Whether it is this query's turn: it rests from what it cost. */
	rests(monotonicMs: number): boolean {
		return monotonicMs < this.#restsUntil;
	}

	/** It cost this much, and rests for it. */
	rest(monotonicMs: number, tookMs: number): void {
		this.#restsUntil = monotonicMs + REST * tookMs;
	}

	/** What a frame shows of the value of one moment. */
	sample(outcome: TimedOutcome['outcome']): Sample {
		const samples = outcome.ok ? samplesOf(outcome.value.value) : [];
		const before = this.#indexes.size;
		const cells = samples.flatMap(({ labels, value }) => {
			const known = this.#number(labels);
			return known ? [{ index: known.index, value }] : [];
		});
		const present = new Set(cells.map(({ index }) => index));
		for (const index of this.#present) if (!present.has(index)) cells.push({ index, value: NaN });
		// Nothing is an answer too, once there has been something.
		if (cells.length === 0 && this.#indexes.size > 0) cells.push({ index: 0, value: NaN });
		this.#present = present;
		return { appeared: [...this.#indexes.values()].slice(before), cells };
	}

	#number(labels: Labels): { index: number; labels: Record<string, string> } | null {
		const signature = JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
		const known = this.#indexes.get(signature);
		if (known) return known;
		if (this.#indexes.size >= MOST_SERIES) return null;
		const fresh = { index: this.#indexes.size, labels: { ...labels } };
		this.#indexes.set(signature, fresh);
		return fresh;
	}
}

function samplesOf(value: Value): { labels: Labels; value: number }[] {
	if (value.type === 'vector') return value.samples.slice(0, MOST_SERIES);
	return value.type === 'scalar' ? [{ labels: {}, value: value.value }] : [];
}

/** Points that are numbers, in incident time; six digits are finer than any chart. */
function finite(
	{ times, values }: { times: readonly number[]; values: readonly number[] },
	startsAt: number
): { times: number[]; values: number[] } {
	const kept = { times: [] as number[], values: [] as number[] };
	for (const [i, value] of values.entries()) {
		if (!Number.isFinite(value)) continue;
		kept.times.push(startsAt + (times[i] ?? 0));
		kept.values.push(Number(value.toPrecision(6)));
	}
	return kept;
}

function refused({ message, position }: Failure): Answer {
	return {
		error: position ? `${position.line}:${position.column}: ${message}` : message,
		errorAt: position && { from: position.start, to: position.end },
		notes: [],
		series: []
	};
}

function notesOf(annotations: readonly Annotation[], series: number): string[] {
	const more = series > MOST_SERIES ? [`${series} series answer; the first ${MOST_SERIES} are shown.`] : [];
	return [...more, ...annotations.slice(0, MOST_NOTES).map(formatAnnotation)];
}
