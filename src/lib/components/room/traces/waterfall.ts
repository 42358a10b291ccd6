/** What a waterfall shows of a trace: rows, what is folded away, times as people read them. Pure. */
import type { TraceAnswer, TraceSpan } from '$lib/protocol/traces.ts';

export interface SpanRow {
	span: TraceSpan;
	depth: number;
	/** Spans below it, direct and further down. */
	below: number;
	/** Whether any span below it failed. */
	failedBelow: boolean;
}

/** Rows from the top, without those under a folded span. */
export function rowsOf(spans: readonly TraceSpan[], folded: ReadonlySet<string>): SpanRow[] {
	const depths = new Map<string, number>();
	const children = new Map<string, TraceSpan[]>();
	for (const span of spans) {
		depths.set(span.spanId, span.parentId === null ? 0 : (depths.get(span.parentId) ?? 0) + 1);
		if (span.parentId !== null) children.set(span.parentId, [...(children.get(span.parentId) ?? []), span]);
	}
	const hidden = new Set<string>();
	for (const span of spans) {
		if (span.parentId !== null && (hidden.has(span.parentId) || folded.has(span.parentId))) hidden.add(span.spanId);
	}
	const under = (span: TraceSpan): TraceSpan[] =>
		(children.get(span.spanId) ?? []).flatMap((child) => [child, ...under(child)]);
	return spans
		.filter(({ spanId }) => !hidden.has(spanId))
		.map((span) => {
			const below = under(span);
			return {
				span,
				depth: depths.get(span.spanId) ?? 0,
				below: below.length,
				failedBelow: below.some(({ failed }) => failed)
			};
		});
}

/** A length of time as traces have it: `0.4 ms`, `27 ms`, `1.62 s`, `2 m 05 s`. */
export function span(ms: number): string {
	if (ms < 1) return `${ms.toFixed(2)} ms`;
	if (ms < 10) return `${ms.toFixed(1)} ms`;
	if (ms < 1_000) return `${Math.round(ms)} ms`;
	if (ms < 60_000) return `${(ms / 1_000).toFixed(2)} s`;
	return `${Math.floor(ms / 60_000)} m ${String(Math.round((ms % 60_000) / 1_000)).padStart(2, '0')} s`;
}

/** `500`, `500ms`, `1.5s`, `2m` in milliseconds; null where it is no length of time. */
export function parseSpan(text: string): number | null {
	const match = /^(\d+(?:[.,]\d+)?)\s*(ms|s|m)?$/u.exec(text.trim().toLowerCase());
	if (!match) return null;
	const value = Number((match[1] ?? '').replace(',', '.'));
	return value * ({ ms: 1, s: 1_000, m: 60_000 }[match[2] ?? 'ms'] ?? 1);
}

/** Where a stretch stands in the whole, in per cent. */
export function place(trace: Pick<TraceAnswer, 'startAt' | 'durationMs'>, at: number, ms: number) {
	const whole = Math.max(0.001, trace.durationMs);
	return { left: ((at - trace.startAt) / whole) * 100, width: (ms / whole) * 100 };
}

/** Services of a trace in the order in which they appear; their place is their colour. */
export function servicesOf(spans: readonly TraceSpan[]): string[] {
	return [...new Set(spans.map(({ service }) => service))];
}

/** One of the series colours, the same for a service in all of a trace. */
export function colourOf(services: readonly string[], service: string): string {
	return `var(--series-${(Math.max(0, services.indexOf(service)) % 6) + 1})`;
}

/** The trace as text, for a pin: one line per span, as a terminal would show it. */
export function textOf(trace: TraceAnswer): string {
	const rows = rowsOf(trace.spans, new Set());
	const width = Math.min(56, Math.max(...rows.map(({ span: one, depth }) => 2 * depth + one.name.length)));
	const services = Math.max(...trace.spans.map(({ service }) => service.length));
	const lines = rows.map(({ span: one, depth }) => {
		const name = `${'  '.repeat(depth)}${one.name}`.slice(0, width).padEnd(width);
		const status = one.attributes['error.type'] ?? one.attributes['http.response.status_code'] ?? '';
		return `${name}  ${one.service.padEnd(services)}  ${span(one.durationMs).padStart(9)}  ${status}`.trimEnd();
	});
	return [`trace ${trace.traceId}`, ...lines].join('\n');
}
