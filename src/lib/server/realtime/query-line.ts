// One query of one run: its parsed form, and which series has which number in frames.

import type { EngineState } from '../../engine/types.ts';
import {
	evaluateInstant,
	evaluateRange,
	parse,
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
const LIMITS = { maxSamples: 2_000_000, maxPoints: 2_000 };
/** More lines than a chart can show, and than anybody can tell apart. */
const MOST_SERIES = 200;

export interface Sample {
	appeared: { index: number; labels: Record<string, string> }[];
	cells: { index: number; value: number }[];
}

export class QueryLine {
	#parsed: { ok: true; query: Query } | { ok: false; error: string };
	#indexes = new Map<string, { index: number; labels: Record<string, string> }>();
	/** Series that had a value in the last frame: when they end, that is shown once. */
	#present = new Set<number>();

	constructor(text: string) {
		const parsed = parse(text);
		this.#parsed = parsed.ok ? { ok: true, query: parsed.value } : { ok: false, error: wordsOf(parsed.error) };
	}

	/** The series over a window, in the numbers that frames use. A query that cannot be answered says why. */
	history({ engine, state }: PracticeCourse, window: RangeWindow): Pick<QueryResult, 'error' | 'series'> {
		if (!this.#parsed.ok) return { error: this.#parsed.error, series: [] };
		const { fromMs: startMs, toMs: endMs, stepMs } = window;
		const found = evaluateRange(this.#parsed.query, queryableOf(engine, state), { startMs, endMs, stepMs }, LIMITS);
		if (!found.ok) return { error: wordsOf(found.error), series: [] };
		const { value } = found.value;
		const series = new Map<number, PanelSeries>();
		for (const one of value.type === 'matrix' ? value.series.slice(0, MOST_SERIES) : []) {
			const known = this.#number(one.labels);
			if (known) series.set(known.index, { ...known, ...finite(one, engine.compiled.startsAt) });
		}
		// Those that are only in frames so far belong to the answer too: nobody will be told of them again.
		for (const known of this.#indexes.values()) {
			if (!series.has(known.index)) series.set(known.index, { ...known, times: [], values: [] });
		}
		return { error: null, series: [...series.values()].sort((a, b) => a.index - b.index) };
	}

	/** The values now. */
	sample({ engine, state }: PracticeCourse): Sample {
		if (!this.#parsed.ok) return { appeared: [], cells: [] };
		const found = evaluateInstant(this.#parsed.query, queryableOf(engine, state), state.simMs, LIMITS);
		const samples = found.ok ? samplesOf(found.value.value) : [];
		const before = this.#indexes.size;
		const cells = samples.flatMap(({ labels, value }) => {
			const known = this.#number(labels);
			return known ? [{ index: known.index, value }] : [];
		});
		const present = new Set(cells.map(({ index }) => index));
		for (const index of this.#present) if (!present.has(index)) cells.push({ index, value: NaN });
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

function wordsOf({ message, position }: PromqlError): string {
	return `${position.line}:${position.column}: ${message}`;
}

/** Many queries look at the same moment. */
const queryables = new WeakMap<EngineState, Queryable>();

function queryableOf(engine: PracticeCourse['engine'], state: EngineState): Queryable {
	const known = queryables.get(state) ?? engine.observation.queryable(state.world, state.simMs);
	queryables.set(state, known);
	return known;
}
