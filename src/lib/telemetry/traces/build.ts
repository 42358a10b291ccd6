import type { RequestLine } from '../logs/requests.ts';
import { ascend } from './ascend.ts';
import { markCritical } from './critical.ts';
import { nodeOfLine } from './node.ts';
import { place } from './place.ts';
import type { Scene } from './scene.ts';
import type { Span, Trace } from './types.ts';

/** The trace of a request that left a line; the line is written when the request is over. */
export function buildTrace(scene: Scene, line: RequestLine): Trace {
	const record = line.record(true);
	const known = nodeOfLine(scene, line, record);
	const tMs = record.simMs;
	const root = ascend(scene, known, tMs);
	const spans: Span[] = [];
	place(scene, root, { startMs: 0, parentId: null, depth: 0, tMs }, spans);
	const logged = spans.find(({ spanId }) => spanId === record.spanId);
	const shift = record.simMs - (logged === undefined ? 0 : logged.startMs + logged.durationMs);
	for (const span of spans) {
		span.startMs += shift;
		for (const event of span.events) event.atMs += shift;
	}
	const ordered = inOrder(spans);
	markCritical(ordered);
	return {
		traceId: record.traceId,
		spans: ordered,
		startMs: shift,
		durationMs: root.durationMs,
		loggedSpanId: record.spanId,
		records: [record]
	};
}

/** Parents before children, earlier before later. */
function inOrder(spans: readonly Span[]): Span[] {
	const children = new Map<string | null, Span[]>();
	for (const span of spans) children.set(span.parentId, [...(children.get(span.parentId) ?? []), span]);
	const ordered: Span[] = [];
	const visit = (parentId: string | null) => {
		for (const span of (children.get(parentId) ?? []).sort((a, b) => a.startMs - b.startMs)) {
			ordered.push(span);
			visit(span.spanId);
		}
	};
	visit(null);
	return ordered;
}
