import type { Queryable } from '../promql/index.ts';
import type { WorldState } from '../world/types.ts';
import type { Exemplar, ExemplarQuery, Trace, TracePage, TraceQuery } from './traces/types.ts';

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
	/** Health of every service as it can be read off the metrics. */
	health(world: WorldState, nowMs: number): ServiceHealth[];
}

export interface LogQuery {
	fromMs: number;
	toMs: number;
	services: string[];
	levels: string[];
	text: string;
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
