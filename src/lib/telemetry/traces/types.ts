import type { LogRecord } from '../types.ts';

/** One operation of one service within a trace. Times are simulated milliseconds, with fractions. */
export interface Span {
	spanId: string;
	/** Null for the root. */
	parentId: string | null;
	service: string;
	/** Pod, or the service's name where it has none that we know of. */
	instance: string;
	version: string;
	kind: 'server' | 'client' | 'internal' | 'producer';
	name: string;
	startMs: number;
	durationMs: number;
	failed: boolean;
	/** Named as OpenTelemetry's semantic conventions name them. */
	attributes: Record<string, string>;
	/** What was recorded while it ran: exceptions, attempts that were given up. */
	events: SpanEvent[];
	/** Stretches in which the whole trace waited for this span itself; together they cover the root. */
	critical: { fromMs: number; toMs: number }[];
}

export interface SpanEvent {
	atMs: number;
	name: string;
	attributes: Record<string, string>;
}

export interface Trace {
	traceId: string;
	/** In the order of a waterfall: parents before children, earlier before later. */
	spans: Span[];
	startMs: number;
	durationMs: number;
	/** The span that stands for the request whose line is in the logs. */
	loggedSpanId: string;
	/** Log lines that were kept of it. */
	records: LogRecord[];
}

/** What to look for. Durations are those of the span of `service`. */
export interface TraceQuery {
	/** Null: requests as they enter the system. */
	service: string | null;
	/** `GET /v1/prices`; empty for all. */
	operation: string;
	minMs: number | null;
	maxMs: number | null;
	errorsOnly: boolean;
	fromMs: number;
	toMs: number;
	order: 'newest' | 'slowest';
	limit: number;
}

/** One point of the scatter of duration over time. */
export interface TracePoint {
	traceId: string;
	/** When the span began. */
	startMs: number;
	durationMs: number;
	failed: boolean;
}

export interface TraceSummary {
	traceId: string;
	startMs: number;
	/** Of the whole trace. */
	durationMs: number;
	root: { service: string; operation: string };
	/** The span that was looked for. */
	span: { service: string; operation: string; durationMs: number; failed: boolean; status: string; version: string };
	spans: number;
	failedSpans: number;
	services: { service: string; spans: number; failed: boolean }[];
}

export interface TracePage {
	traces: TraceSummary[];
	points: TracePoint[];
	/** Requests that match, of those looked at. */
	matched: number;
	/** Requests looked at. */
	looked: number;
	/** One in how many requests is traced. */
	sampledOneIn: number;
	/** Not all of the window was looked at; from this moment on it was. Null where all was. */
	lookedFromMs: number | null;
	/** Services that are traced, with their operations. */
	services: { service: string; operations: string[] }[];
}

export interface ExemplarQuery {
	/** Null for all services. */
	service: string | null;
	fromMs: number;
	toMs: number;
	limit: number;
}

/** A request that stands for its bucket of a latency histogram. */
export interface Exemplar {
	simMs: number;
	/** Its duration in seconds: the sample's value. */
	value: number;
	traceId: string;
	spanId: string;
	failed: boolean;
	/** Labels of the bucket's series, `le` included, without `__name__`. */
	labels: Record<string, string>;
}
