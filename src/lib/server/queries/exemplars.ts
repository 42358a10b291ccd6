// Exemplars of latency histograms: requests out of the run's own log, each with its trace, put into the bucket it fell in.

import type { Labels, Matcher, Query, Queryable } from '../../promql/index.ts';
import type { Expr } from '../../promql/syntax/ast.ts';
import type { LogRecord } from '../../telemetry/types.ts';
import type { Exemplar, Span } from './ask.ts';
import type { RunView } from './run-view.ts';

const BUCKETS = 'http_request_duration_seconds_bucket';
/** Moments of the span that are looked at, how long each is and how many requests are taken from it. */
const LOOKS = 40;
const LOOK_MS = 1_000;
const TAKEN = 40;

interface Found {
	seriesLabels: Labels;
	exemplars: Exemplar[];
}

/** Requests behind every series of a latency histogram that a query selects; nothing for other metrics. */
export function exemplarsOf(
	view: RunView,
	queryable: Queryable,
	query: Query,
	{ startMs, endMs }: Span,
	baseMs: number
): Found[] {
	const toMs = Math.min(endMs, view.simMs + baseMs);
	const fromMs = Math.max(startMs, toMs - 24 * 3_600_000);
	if (fromMs > toMs) return [];
	const series = new Map<string, Labels[]>();
	for (const matchers of selectorsIn(query.root)) {
		if (!matchers.every((matcher) => matcher.name !== '__name__' || matcher.matches(BUCKETS))) continue;
		// Buckets there are now or were at the beginning: enough to find the place of a request.
		for (const at of [toMs, fromMs + LOOK_MS]) {
			for (const { labels } of queryable.select(matchers, at - 5 * 60_000, at)) {
				if (labels.__name__ !== BUCKETS) continue;
				const key = placeOf(labels.service, labels.instance, labels.endpoint);
				const known = series.get(key) ?? [];
				if (!known.includes(labels)) known.push(labels);
				series.set(key, known);
			}
		}
	}
	const services = [...new Set([...series.values()].flat().map(({ service }) => service ?? ''))];
	if (services.length === 0) return [];
	const found = new Map<Labels, Found>();
	for (const record of requestsIn(view, services, fromMs - baseMs, toMs - baseMs)) {
		const seconds = Number.parseFloat(record.fields['http.server.request.duration'] ?? '');
		const candidates = series.get(placeOf(record.service, record.instance, record.fields['http.route']));
		const seriesLabels = bucketOf(candidates ?? [], seconds);
		if (!seriesLabels) continue;
		const group = found.get(seriesLabels) ?? { seriesLabels, exemplars: [] };
		group.exemplars.push({
			labels: { trace_id: record.traceId, span_id: record.spanId },
			value: seconds,
			timeMs: record.simMs + baseMs
		});
		found.set(seriesLabels, group);
	}
	for (const { exemplars } of found.values()) exemplars.sort((a, b) => a.timeMs - b.timeMs);
	return [...found.values()];
}

function placeOf(...parts: (string | undefined)[]): string {
	return parts.join('\n');
}

/** The narrowest bucket that holds a duration. */
function bucketOf(candidates: readonly Labels[], seconds: number): Labels | null {
	let best: Labels | null = null;
	let bound = Infinity;
	for (const labels of candidates) {
		const le = labels.le === '+Inf' ? Infinity : Number(labels.le);
		if (seconds <= le && (best === null || le < bound)) [best, bound] = [labels, le];
	}
	return best;
}

function requestsIn(view: RunView, services: string[], fromMs: number, toMs: number): LogRecord[] {
	const { observation } = view.engine.machinery(view.seed);
	const looks = Math.max(1, Math.min(LOOKS, Math.floor((toMs - fromMs) / LOOK_MS)));
	const records: LogRecord[] = [];
	for (let look = 0; look < looks; look += 1) {
		const at = Math.floor(fromMs + ((toMs - fromMs) * (look + 0.5)) / looks);
		const window = { fromMs: at, toMs: Math.min(at + LOOK_MS, toMs), services, levels: [], text: '', limit: TAKEN };
		const page = observation.logs(view.world, window);
		records.push(...page.records.filter(({ fields }) => fields['http.server.request.duration'] !== undefined));
	}
	return records;
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
