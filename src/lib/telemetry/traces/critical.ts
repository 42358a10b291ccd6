import type { Span } from './types.ts';

/**
 * Marks the critical path: going back from the end of the root, the child that ended last is what the parent waited for,
 * and before that child began, the one that ended last before it; what no child covers is the span's own.
 */
export function markCritical(spans: readonly Span[]): void {
	const children = new Map<string, Span[]>();
	let root: Span | null = null;
	for (const span of spans) {
		if (span.parentId === null) root = span;
		else children.set(span.parentId, [...(children.get(span.parentId) ?? []), span]);
	}
	if (root !== null) walk(root, root.startMs + root.durationMs, children);
}

function walk(span: Span, untilMs: number, children: ReadonlyMap<string, Span[]>): void {
	const own: { fromMs: number; toMs: number }[] = [];
	const ends = (each: Span) => each.startMs + each.durationMs;
	const below = [...(children.get(span.spanId) ?? [])].sort((a, b) => ends(b) - ends(a));
	let cursor = untilMs;
	for (const child of below) {
		const end = Math.min(ends(child), cursor);
		// It ran beside one that ended later: nothing waited for it.
		if (ends(child) > cursor + 1e-6 || end <= child.startMs) continue;
		if (end < cursor) own.push({ fromMs: end, toMs: cursor });
		walk(child, end, children);
		cursor = child.startMs;
	}
	if (cursor > span.startMs) own.push({ fromMs: span.startMs, toMs: cursor });
	span.critical = own.filter(({ fromMs, toMs }) => toMs - fromMs > 1e-6).reverse();
}
