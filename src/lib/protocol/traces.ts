import type { Refusal } from '../incident/refusal.ts';

/** Traces over the telemetry's socket. Times are incident time, epoch ms (with fractions for spans); durations ms. */
export interface TraceClientToServer {
	traces: (message: TracesMessage, answer: (answer: { ok: true; page: TracesAnswer } | Refusal) => void) => void;
	/** `nearAt` is when its log line was written, where that is known: it makes the answer quick. */
	trace: (
		message: { traceId: string; nearAt: number | null },
		answer: (answer: { ok: true; trace: TraceAnswer } | Refusal) => void
	) => void;
	/** Requests behind the latency histograms that a query selects: points on a panel that lead to their traces. */
	exemplars: (
		message: { query: string; fromAt: number; toAt: number },
		answer: (answer: { ok: true; exemplars: ExemplarAnswer[] } | Refusal) => void
	) => void;
}

export interface TracesMessage {
	/** Null: requests as they enter the system. */
	service: string | null;
	/** `GET /v1/prices`; empty for all. */
	operation: string;
	minMs: number | null;
	maxMs: number | null;
	errorsOnly: boolean;
	fromAt: number;
	toAt: number;
	order: 'newest' | 'slowest';
	limit: number;
}

export interface TraceListItem {
	traceId: string;
	startAt: number;
	/** Of the whole trace. */
	durationMs: number;
	root: { service: string; operation: string };
	/** The span that was looked for. */
	span: { service: string; operation: string; durationMs: number; failed: boolean; status: string; version: string };
	spans: number;
	failedSpans: number;
	services: { service: string; spans: number; failed: boolean }[];
}

export interface TracesAnswer {
	traces: TraceListItem[];
	points: { traceId: string; startAt: number; durationMs: number; failed: boolean }[];
	matched: number;
	looked: number;
	sampledOneIn: number;
	/** Only what is younger was looked at; null where all of the window was. */
	lookedFromAt: number | null;
	services: { service: string; operations: string[] }[];
}

export interface TraceSpan {
	spanId: string;
	parentId: string | null;
	service: string;
	instance: string;
	version: string;
	kind: 'server' | 'client' | 'internal' | 'producer';
	name: string;
	startAt: number;
	durationMs: number;
	failed: boolean;
	attributes: Record<string, string>;
	events: { at: number; name: string; attributes: Record<string, string> }[];
	/** Stretches in which the whole trace waited for this span itself. */
	critical: { fromAt: number; toAt: number }[];
}

export interface TraceAnswer {
	traceId: string;
	startAt: number;
	durationMs: number;
	/** Parents before children. */
	spans: TraceSpan[];
	/** The span whose line is in the logs. */
	loggedSpanId: string;
	/** Its log lines. */
	records: { at: number; level: string; service: string; spanId: string; msg: string }[];
	sampledOneIn: number;
}

export interface ExemplarAnswer {
	at: number;
	/** Duration in seconds: the value of the sample. */
	value: number;
	traceId: string;
	service: string;
	endpoint: string;
}
