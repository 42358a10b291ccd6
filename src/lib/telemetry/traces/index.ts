/** Traces of requests: what happened in which service, and what it waited for. */
export { TraceReader } from './reader.ts';
export type {
	Exemplar,
	ExemplarQuery,
	Span,
	SpanEvent,
	Trace,
	TracePage,
	TracePoint,
	TraceQuery,
	TraceSummary
} from './types.ts';
