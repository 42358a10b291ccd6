// What can be asked of a run's telemetry away from the main thread, and what comes back. Times are on the asker's own
// clock, in milliseconds: simulated time plus `baseMs` of the source.

import type { Evaluation, Labels, Position } from '../../promql/index.ts';
import type { CompiledScenario } from '../../scenario/library.ts';
import type { WorldState } from '../../world/types.ts';

/** A run as it stands: with these a worker sees what the room sees. */
export interface QuerySource {
	/** The same for the same run under the same owner; what a worker remembers of it is kept under this. */
	key: string;
	compiled: CompiledScenario;
	seed: string;
	world: WorldState;
	/** Now. Nothing after it is ever shown. */
	simMs: number;
	/** What simulated time 0 is on the asker's clock: `compiled.startsAt` for incident time. */
	baseMs: number;
}

/** A span of the asker's clock, ends included. */
export interface Span {
	startMs: number;
	endMs: number;
}

export interface Limits {
	/** As in promql's options; the service's own are the most that is granted. */
	lookbackMs?: number;
	maxSamples?: number;
	maxWork?: number;
	maxPoints?: number;
}

export type Ask =
	| { type: 'instant'; query: string; atMs: number; limits?: Limits }
	| ({ type: 'range'; query: string; stepMs: number; limits?: Limits } & Span)
	/** Many queries at one moment: what a room's panels need once per tick. */
	| { type: 'instants'; queries: readonly string[]; atMs: number; limits?: Limits }
	/** Label sets with samples in the span. No selectors: all of them. `limit` 0 is none. */
	| ({ type: 'series'; selectors: readonly string[]; limit: number } & Span)
	| ({ type: 'labels'; selectors: readonly string[]; limit: number } & Span)
	| ({ type: 'labelValues'; name: string; selectors: readonly string[]; limit: number } & Span)
	/** Type, help and unit of the families this run has. */
	| { type: 'metadata'; metric: string | null; limit: number }
	/** The newest sample of every series, as text. `selectors` null: what is scraped, without what rules recorded. */
	| { type: 'exposition'; selectors: readonly string[] | null }
	| ({ type: 'exemplars'; query: string } & Span)
	| { type: 'targets' }
	| { type: 'format'; query: string }
	| { type: 'parse'; query: string };

export interface MetricFamily {
	name: string;
	type: 'counter' | 'gauge' | 'histogram' | 'unknown';
	help: string;
	unit: string;
}

export interface Exemplar {
	labels: Labels;
	value: number;
	timeMs: number;
}

export interface ScrapeTarget {
	labels: Labels;
	up: boolean;
	lastScrapeMs: number;
	scrapeSeconds: number;
}

/** What each kind of question is answered with. */
export interface Answers {
	instant: Evaluation;
	range: Evaluation;
	instants: readonly TimedOutcome[];
	series: { series: readonly Labels[]; truncated: boolean };
	labels: { names: readonly string[]; truncated: boolean };
	labelValues: { values: readonly string[]; truncated: boolean };
	metadata: readonly MetricFamily[];
	exposition: string;
	exemplars: readonly { seriesLabels: Labels; exemplars: readonly Exemplar[] }[];
	targets: readonly ScrapeTarget[];
	format: string;
	parse: unknown;
}

/**
 * Codes of failure:
 * - `parse`, `type`: the query is not PromQL, or cannot be asked in this way.
 * - `execution`: it failed while it was evaluated.
 * - `limit`: it would touch more than is granted.
 * - `timeout`: it took longer than is granted, waiting included; `waiting` where it never began.
 * - `memory`: it needed more memory than is granted.
 * - `busy`: too many questions of this run wait already.
 * - `fault`: a bug of Muster; the log says which.
 * - `closed`: the server is ending.
 */
export type FailureCode =
	'parse' | 'type' | 'execution' | 'limit' | 'timeout' | 'waiting' | 'memory' | 'busy' | 'fault' | 'closed';

export interface Failure {
	ok: false;
	code: FailureCode;
	message: string;
	/** Where in the query it lies. */
	position: Position | null;
}
export type Outcome<T> = { ok: true; value: T } | Failure;

/** `tookMs`: wall milliseconds of work. */
export interface TimedOutcome {
	outcome: Outcome<Evaluation>;
	tookMs: number;
}

export function failure(code: FailureCode, message: string, position: Position | null = null): Failure {
	return { ok: false, code, message, position };
}

/** How an answer is wanted: as a value, or as the bytes of Prometheus' JSON, which spare the main thread the encoding. */
export type Shape = 'value' | 'prometheus';

/** From the main thread to a worker. What the worker is believed to know already is left out. */
export interface WorkerRequest {
	id: number;
	ask: Ask;
	shape: Shape;
	key: string;
	contentHash: string;
	seed: string;
	simMs: number;
	baseMs: number;
	compiled: CompiledScenario | null;
	world: WorldState | null;
}

/** `missing`: something left out is not known after all, and the request must come again whole. */
export type WorkerReply =
	| { id: number; type: 'value'; outcome: Outcome<unknown> }
	| { id: number; type: 'bytes'; bytes: Uint8Array }
	| { id: number; type: 'missing' }
	| { id: number; type: 'fault'; message: string };
