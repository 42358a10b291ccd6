// Exemplars of latency histograms: requests whose traces were kept, each with the bucket it fell in.

import type { Labels, Matcher, Query } from '../../promql/index.ts';
import type { Expr } from '../../promql/syntax/ast.ts';
import type { Exemplar, Span } from './ask.ts';
import type { RunView } from './run-view.ts';

const BUCKETS = 'http_request_duration_seconds_bucket';
/** Of each service. */
const MOST = 80;

interface Found {
	seriesLabels: Labels;
	exemplars: Exemplar[];
}

/** Requests behind every series of a latency histogram that a query selects; nothing for other metrics. Times on the asker's clock. */
export function exemplarsOf(view: RunView, query: Query, { startMs, endMs }: Span, baseMs: number): Found[] {
	const toMs = Math.min(endMs - baseMs, view.simMs);
	const fromMs = startMs - baseMs;
	const selectors = selectorsIn(query.root).filter((matchers) => allow(matchers, '__name__', BUCKETS));
	if (fromMs > toMs || selectors.length === 0) return [];
	const { observation } = view.engine.machinery(view.seed);
	const services = Object.keys(view.engine.compiled.services).filter((name) =>
		selectors.some((matchers) => allow(matchers, 'service', name))
	);
	const found = new Map<string, Found>();
	for (const service of services) {
		for (const one of observation.exemplars(view.world, { service, fromMs, toMs, limit: MOST })) {
			const seriesLabels: Labels = { __name__: BUCKETS, ...one.labels };
			if (!selectors.some((matchers) => matchers.every(({ name, matches }) => matches(seriesLabels[name] ?? ''))))
				continue;
			const key = JSON.stringify(seriesLabels);
			const group = found.get(key) ?? { seriesLabels, exemplars: [] };
			group.exemplars.push({
				labels: { trace_id: one.traceId, span_id: one.spanId },
				value: one.value,
				timeMs: one.simMs + baseMs
			});
			found.set(key, group);
		}
	}
	return [...found.values()];
}

/** Whether a selector can match anything with this label. */
function allow(matchers: readonly Matcher[], label: string, value: string): boolean {
	return matchers.every(({ name, matches }) => name !== label || matches(value));
}

function selectorsIn(expr: Expr): (readonly Matcher[])[] {
	switch (expr.type) {
		case 'selector':
			return [expr.matchers];
		case 'matrix':
			return [expr.selector.matchers];
		case 'subquery':
		case 'aggregation':
		case 'unary':
		case 'paren':
			return selectorsIn(expr.expr);
		case 'call':
			return expr.args.flatMap(selectorsIn);
		case 'binary':
			return [...selectorsIn(expr.left), ...selectorsIn(expr.right)];
		case 'number':
		case 'string':
			return [];
	}
}
