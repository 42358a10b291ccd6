import type { Queryable } from '../promql/index.ts';
import type { WorldState } from '../world/types.ts';
import type { Exemplar, ExemplarQuery, Trace, TracePage, TraceQuery } from './traces/types.ts';
import type { LogPattern } from './logs/pattern.ts';

/** What can be seen of the world. Created once per run; caches inside are memos of pure functions and can be dropped. */
export interface Observation {
	/** Series as a Prometheus that scrapes every 15 s holds them: nothing after `nowMs`. Times are simulated milliseconds. */
	queryable(world: WorldState, nowMs: number): Queryable;
	/** Names and label values that exist, for completion. */
	catalogue(): { families: { name: string; type: 'counter' | 'gauge' | 'histogram'; help: string; unit: string }[] };
	logs(world: WorldState, query: LogQuery): LogPage;
	/** Requests by what their spans tell. */
	traces(world: WorldState, query: TraceQuery): TracePage;
	/** One trace by its id, as of `nowMs`; `nearMs` (when its line was written) makes it quick. Null where none was kept. */
	trace(world: WorldState, traceId: string, nowMs: number, nearMs: number | null): Trace | null;
	/** Requests that stand for buckets of the latency histograms. */
	exemplars(world: WorldState, query: ExemplarQuery): Exemplar[];
	/** The same in pieces of a few milliseconds, so that whoever has other things to do can do them in between. */
	logSearch(world: WorldState, query: LogQuery): Generator<undefined, LogPage>;
	/** Health of every service as it can be read off the metrics. */
	health(world: WorldState, nowMs: number): ServiceHealth[];
}

/** A record passes where its field has (`=`) or has not (`!=`) the value. */
export interface LogFieldFilter {
	name: string;
	op: '=' | '!=';
	value: string;
}

export interface LogQuery {
	fromMs: number;
	toMs: number;
	services: string[];
	levels: string[];
	/** Part of a record in any case; empty for all. */
	text: string;
	/** Held against the record instead of the text. */
	pattern?: LogPattern | null;
	/** Each must hold. Names are those of `LogRecord.fields`, or `instance`, `version`, `trace_id`, `span_id`. */
	fields?: readonly LogFieldFilter[];
	limit: number;
}

/** Field names are OpenTelemetry's. `simMs` is when it was written. */
export interface LogRecord {
	simMs: number;
	level: 'debug' | 'info' | 'warn' | 'error' | 'fatal';
	service: string;
	instance: string;
	version: string;
	traceId: string;
	spanId: string;
	msg: string;
	fields: Record<string, string>;
	stack: string[];
}

/** Newest last. `sampledOneIn` says how many real lines stand behind each shown. */
export interface LogPage {
	records: LogRecord[];
	sampledOneIn: number;
	truncated: boolean;
	/** How far back was looked: after `fromMs` where the search had to end before. */
	searchedFromMs: number;
	/** Lines per level in equal slices of the window. */
	histogram: { fromMs: number; error: number; warn: number; info: number }[];
}

export interface ServiceHealth {
	service: string;
	level: 'ok' | 'warn' | 'bad' | 'unknown';
	/** Why, in words and numbers as the metrics give them. */
	note: string;
	requestsPerSecond: number | null;
	errorRatio: number | null;
	p95Ms: number | null;
}
