// Carries out one question over one run. What a question can cause comes back as a value; a throw is a bug.

import { performance } from 'node:perf_hooks';
import { exhaustive } from '../../incident/exhaustive.ts';
import {
	evaluateInstant,
	evaluateRange,
	parse,
	parseSelector,
	type EvaluationOptions,
	type Labels,
	type Matcher,
	type PromqlError,
	type Queryable,
	type Result,
	type Series
} from '../../promql/index.ts';
import { attempt } from '../../promql/result.ts';
import { print } from '../../promql/syntax/print.ts';
import { describeExpr } from '../prometheus/describe-expr.ts';
import { failure, type Ask, type Answers, type Failure, type Limits, type Outcome, type Span } from './ask.ts';
import { exemplarsOf } from './exemplars.ts';
import { expositionOf, newestAt, presentFamilies } from './exposition.ts';
import type { RunView } from './run-view.ts';

/** The most that anybody is granted: some seconds' work. */
export const QUERY_LIMITS = {
	lookbackMs: 5 * 60_000,
	maxSamples: 5_000_000,
	maxWork: 500_000_000,
	maxPoints: 11_000
} as const;
/** Names and label values are looked up over this much at most: making the samples of a year only to see who has some is waste. */
const MOST_LOOK_UP_MS = 3_600_000;
const EVERYTHING = '{__name__=~".+"}';

export function answer<A extends Ask>(view: RunView, ask: A, baseMs: number): Outcome<Answers[A['type']]>;
export function answer(view: RunView, ask: Ask, baseMs: number): Outcome<Answers[Ask['type']]> {
	const queryable = view.queryable(baseMs);
	switch (ask.type) {
		case 'instant':
			return instant(queryable, ask.query, ask.atMs, ask.limits);
		case 'range': {
			const query = parse(ask.query);
			return outcome(query.ok ? evaluateRange(query.value, queryable, ask, granted(ask.limits)) : query);
		}
		case 'instants':
			return {
				ok: true,
				value: ask.queries.map((query) => {
					const began = performance.now();
					const outcome = instant(queryable, query, ask.atMs, ask.limits);
					return { outcome, tookMs: performance.now() - began };
				})
			};
		case 'series': {
			const found = present(view, queryable, ask, baseMs);
			if (!found.ok) return found;
			const { kept, truncated } = cut([...found.value], ask.limit);
			return { ok: true, value: { series: kept, truncated } };
		}
		case 'labels': {
			const found = present(view, queryable, ask, baseMs);
			if (!found.ok) return found;
			const names = [...new Set(found.value.flatMap((labels) => Object.keys(labels)))].sort();
			const { kept, truncated } = cut(names, ask.limit);
			return { ok: true, value: { names: kept, truncated } };
		}
		case 'labelValues': {
			const found = present(view, queryable, ask, baseMs);
			if (!found.ok) return found;
			const values = [...new Set(found.value.flatMap((labels) => labels[ask.name] || []))].sort();
			const { kept, truncated } = cut(values, ask.limit);
			return { ok: true, value: { values: kept, truncated } };
		}
		case 'metadata': {
			const families = presentFamilies(view).filter(({ name }) => ask.metric === null || name === ask.metric);
			return { ok: true, value: cut(families, ask.limit).kept };
		}
		case 'exposition': {
			if (ask.selectors === null) return { ok: true, value: expositionOf(view, null) };
			const selectors = selectorsOf(ask.selectors);
			return selectors.ok ? { ok: true, value: expositionOf(view, selectors.value) } : selectors;
		}
		case 'exemplars': {
			const query = parse(ask.query);
			if (!query.ok) return outcome(query);
			return outcome(attempt(ask.query, () => exemplarsOf(view, query.value, ask, baseMs)));
		}
		case 'targets': {
			const up = newestAt(view, selectorOf('up'));
			const durations = new Map(
				newestAt(view, selectorOf('scrape_duration_seconds')).map(({ labels: { __name__: _, ...labels }, value }) => [
					keyOf(labels),
					value
				])
			);
			const targets = up.map(({ labels: { __name__: _, ...labels }, value, timeMs }) => ({
				labels,
				up: value === 1,
				lastScrapeMs: timeMs + baseMs,
				scrapeSeconds: durations.get(keyOf(labels)) ?? 0
			}));
			return { ok: true, value: targets };
		}
		case 'format': {
			const query = parse(ask.query);
			return query.ok ? { ok: true, value: print(query.value.root) } : outcome(query);
		}
		case 'parse': {
			const query = parse(ask.query);
			return query.ok ? { ok: true, value: describeExpr(query.value.root) } : outcome(query);
		}
		default:
			return exhaustive(ask);
	}
}

function instant(
	queryable: Queryable,
	text: string,
	atMs: number,
	limits: Limits | undefined
): Outcome<Answers['instant']> {
	const query = parse(text);
	return outcome(query.ok ? evaluateInstant(query.value, queryable, atMs, granted(limits)) : query);
}

/** Less than the most may be asked for, never more. */
function granted(limits: Limits = {}): EvaluationOptions {
	const { lookbackMs, maxSamples, maxWork, maxPoints } = QUERY_LIMITS;
	return {
		lookbackMs: limits.lookbackMs ?? lookbackMs,
		maxSamples: Math.min(maxSamples, limits.maxSamples ?? maxSamples),
		maxWork: Math.min(maxWork, limits.maxWork ?? maxWork),
		maxPoints: Math.min(maxPoints, limits.maxPoints ?? maxPoints)
	};
}

/** Label sets of all series that match one of the selectors and have samples in the span, ordered. */
function present(
	view: RunView,
	queryable: Queryable,
	{ selectors, startMs, endMs }: { selectors: readonly string[] } & Span,
	baseMs: number
): Outcome<readonly Labels[]> {
	const parsed = selectorsOf(selectors.length > 0 ? selectors : [EVERYTHING]);
	if (!parsed.ok) return parsed;
	const toMs = Math.min(endMs, view.simMs + baseMs);
	const fromMs = Math.max(startMs, toMs - MOST_LOOK_UP_MS);
	const found = new Map<string, Labels>();
	const looked = attempt('', () => {
		for (const matchers of parsed.value) {
			for (const series of queryable.select(matchers, fromMs, toMs)) {
				if (hasSamples(series, fromMs, toMs)) found.set(keyOf(series.labels), series.labels);
			}
		}
	});
	if (!looked.ok) return outcome(looked);
	return { ok: true, value: [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, labels]) => labels) };
}

function hasSamples({ times, length, stale }: Series, fromMs: number, toMs: number): boolean {
	for (let at = length - 1; at >= 0; at -= 1) {
		const time = times[at] ?? 0;
		if (time < fromMs) return false;
		if (time <= toMs && stale?.[at] !== 1) return true;
	}
	return false;
}

function selectorsOf(texts: readonly string[]): Outcome<readonly (readonly Matcher[])[]> {
	const all: (readonly Matcher[])[] = [];
	for (const text of texts) {
		const parsed = parseSelector(text);
		if (!parsed.ok) return outcome(parsed);
		all.push(parsed.value);
	}
	return { ok: true, value: all };
}

function selectorOf(text: string): readonly Matcher[] {
	const parsed = parseSelector(text);
	if (!parsed.ok) throw new Error(parsed.error.message);
	return parsed.value;
}

function keyOf(labels: Labels): string {
	return Object.keys(labels)
		.sort()
		.map((name) => `${name}=${labels[name]}`)
		.join('\n');
}

function cut<T>(all: readonly T[], limit: number): { kept: readonly T[]; truncated: boolean } {
	return limit > 0 && all.length > limit
		? { kept: all.slice(0, limit), truncated: true }
		: { kept: all, truncated: false };
}

function outcome<T>(result: Result<T>): Outcome<T> {
	return result.ok ? result : failed(result.error);
}

function failed({ code, message, position }: PromqlError): Failure {
	switch (code) {
		case 'parse':
		case 'type':
		case 'execution':
		case 'limit':
			return failure(code, message, position);
		case 'rule':
		case 'template':
			return failure('execution', message, position);
	}
}
