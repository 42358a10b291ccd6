import type { Trace, TraceSummary } from './types.ts';

/** A trace as a list shows it. */
export function summaryOf(trace: Trace): TraceSummary {
	const root = trace.spans[0];
	const own = trace.spans.find(({ spanId }) => spanId === trace.loggedSpanId) ?? root;
	const services = new Map<string, { service: string; spans: number; failed: boolean }>();
	for (const { service, failed } of trace.spans) {
		const known = services.get(service) ?? { service, spans: 0, failed: false };
		services.set(service, { service, spans: known.spans + 1, failed: known.failed || failed });
	}
	return {
		traceId: trace.traceId,
		startMs: trace.startMs,
		durationMs: trace.durationMs,
		root: { service: root?.service ?? '', operation: root?.name ?? '' },
		span: {
			service: own?.service ?? '',
			operation: own?.name ?? '',
			durationMs: own?.durationMs ?? 0,
			failed: own?.failed ?? false,
			status: own?.attributes['http.response.status_code'] ?? '',
			version: own?.version ?? ''
		},
		spans: trace.spans.length,
		failedSpans: trace.spans.filter(({ failed }) => failed).length,
		services: [...services.values()]
	};
}
