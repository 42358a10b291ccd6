// One query of one run: its parsed form, and which series has which number in frames.

import { visibleQueryable } from '../../engine/index.ts';
import type { EngineState } from '../../engine/types.ts';
import {
	evaluateInstant,
	evaluateRange,
	formatAnnotation,
	parse,
	type Annotation,
	type Labels,
	type PromqlError,
	type Queryable,
	type Query,
	type Value
} from '../../promql/index.ts';
import type { PanelSeries, QueryResult } from '../../protocol/messages.ts';
import type { PracticeCourse } from '../runs/practice-course.ts';

/** Simulated milliseconds. */
export interface RangeWindow {
	fromMs: number;
	toMs: number;
	stepMs: number;
}

/** What a panel may cost: a second of work for one query would be a second of silence for every room. */
const LIMITS = { maxSamples: 2_000_000, maxPoints: 2_000, maxWork: 60_000_000 };
/** What the value of one moment may cost. */
const INSTANT_LIMITS = { ...LIMITS, maxWork: 20_000_000 };
/** A query rests for so many times as long as it took: a costly one is asked less often, and leaves the thread to others. */
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
	#parsed: { ok: true; query: Query } | { ok: false; error: PromqlError };
	/** Monotonic, in milliseconds. */
	#restsUntil = -Infinity;
	/** Six people who open one room ask for the same history. */
	#last: { state: EngineState; window: string; answer: Answer } | null = null;
	#indexes = new Map<string, { index: number; labels: Record<string, string> }>();
	/** Series that had a value in the last frame: when they end, that is shown once. */
	#present = new Set<number>();

	constructor(text: string) {
		const parsed = parse(text);
		this.#parsed = parsed.ok ? { ok: true, query: parsed.value } : { ok: false, error: parsed.error };
	}

	/** The series over a window, in the numbers that frames use. A query that cannot be answered says why, and where. */
	history(course: PracticeCourse, window: RangeWindow): Answer {
		const { state } = course;
		const key = JSON.stringify(window);
		if (this.#last?.state !== state || this.#last.window !== key) {
			this.#last = { state, window: key, answer: this.#answer(course, window) };
		}
		return this.#last.answer;
	}

	#answer({ engine, state }: PracticeCourse, window: RangeWindow): Answer {
		if (!this.#parsed.ok) return refused(this.#parsed.error);
		const { fromMs: startMs, toMs: endMs, stepMs } = window;
		const found = evaluateRange(this.#parsed.query, queryableOf(engine, state), { startMs, endMs, stepMs }, LIMITS);
		if (!found.ok) return refused(found.error);
		const { value, annotations } = found.value;
		const all = value.type === 'matrix' ? value.series : [];
		const series = new Map<number, PanelSeries>();
		for (const one of all.slice(0, MOST_SERIES)) {
			const known = this.#number(one.labels);
			if (known) series.set(known.index, { ...known, ...finite(one, engine.compiled.startsAt) });
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

	/** The values now; null while the query rests from what it cost. */
	sample({ engine, state }: PracticeCourse, monotonic: () => number): Sample | null {
		if (!this.#parsed.ok) return { appeared: [], cells: [] };
		const began = monotonic();
		if (began < this.#restsUntil) return null;
		const found = evaluateInstant(this.#parsed.query, queryableOf(engine, state), state.simMs, INSTANT_LIMITS);
		const ended = monotonic();
		this.#restsUntil = ended + REST * (ended - began);
		const samples = found.ok ? samplesOf(found.value.value) : [];
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

function refused({ message, position }: PromqlError): Answer {
	return {
		error: `${position.line}:${position.column}: ${message}`,
		errorAt: { from: position.start, to: position.end },
		notes: [],
		series: []
	};
}

function notesOf(annotations: readonly Annotation[], series: number): string[] {
	const more = series > MOST_SERIES ? [`${series} series answer; the first ${MOST_SERIES} are shown.`] : [];
	return [...more, ...annotations.slice(0, MOST_NOTES).map(formatAnnotation)];
}

/** Many queries look at the same moment. */
const queryables = new WeakMap<EngineState, Queryable>();

function queryableOf(engine: PracticeCourse['engine'], state: EngineState): Queryable {
	const known = queryables.get(state) ?? visibleQueryable(engine, state);
	queryables.set(state, known);
	return known;
}
