// The newest samples of a run as text, the way `/metrics` and `/federate` of Prometheus give them, without timestamps.

import { parseSelector, type Labels, type Matcher } from '../../promql/index.ts';
import type { MetricFamily } from './ask.ts';
import type { RunView } from './run-view.ts';

const LOOKBACK_MS = 5 * 60_000;

export interface Newest {
	labels: Labels;
	value: number;
	/** Simulated. */
	timeMs: number;
}

/** The newest sample of each series that matches and has not ended. */
export function newestAt(view: RunView, matchers: readonly Matcher[], recorded = true): Newest[] {
	const toMs = view.simMs;
	const found: Newest[] = [];
	for (const { labels, times, values, length, stale } of view
		.queryable(0, { recorded })
		.select(matchers, toMs - LOOKBACK_MS, toMs)) {
		let at = length - 1;
		while (at >= 0 && (times[at] ?? 0) > toMs) at -= 1;
		const timeMs = times[at];
		if (at < 0 || timeMs === undefined || stale?.[at] === 1 || timeMs <= toMs - LOOKBACK_MS) continue;
		found.push({ labels, value: values[at] ?? NaN, timeMs });
	}
	return found;
}

/**
 * Prometheus text format 0.0.4. With selectors as `/federate` gives it (types unknown, what rules recorded included), without as a
 * target's `/metrics` does.
 */
export function expositionOf(view: RunView, selectors: readonly (readonly Matcher[])[] | null): string {
	const lists = selectors ?? [everything()];
	const byLine = new Map<string, Newest>();
	for (const matchers of lists) {
		for (const newest of newestAt(view, matchers, selectors !== null)) byLine.set(lineOf(newest.labels), newest);
	}
	const families = selectors === null ? familiesBySeries(view) : new Map<string, MetricFamily>();
	const blocks = new Map<string, string[]>();
	for (const [line, { labels, value }] of byLine) {
		const name = labels.__name__ ?? '';
		const family = families.get(name);
		const block = family?.name ?? name;
		let lines = blocks.get(block);
		if (!lines) blocks.set(block, (lines = headOf(block, family, selectors !== null)));
		lines.push(`${line} ${formatValue(value)}`);
	}
	const sorted = [...blocks].sort(([a], [b]) => (a < b ? -1 : 1));
	return sorted.map(([, lines]) => `${lines.join('\n')}\n`).join('');
}

function headOf(name: string, family: MetricFamily | undefined, federating: boolean): string[] {
	if (federating || !family) return [`# TYPE ${name} untyped`];
	return [
		`# HELP ${name} ${family.help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
		`# TYPE ${name} ${family.type}`
	];
}

/** Families of which this run has series, ordered by name. */
export function presentFamilies(view: RunView): MetricFamily[] {
	const families = familiesBySeries(view);
	const found = new Map<string, MetricFamily>();
	for (const { labels } of newestAt(view, everything(), true)) {
		const name = labels.__name__ ?? '';
		const family = families.get(name) ?? { name, type: 'unknown', help: '', unit: '' };
		found.set(family.name, family);
	}
	return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** By the names of their series: a histogram has three. */
function familiesBySeries(view: RunView): Map<string, MetricFamily> {
	const { observation } = view.engine.machinery(view.seed);
	const families = new Map<string, MetricFamily>();
	for (const family of observation.catalogue().families) {
		const suffixes = family.type === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
		for (const suffix of suffixes) families.set(family.name + suffix, family);
	}
	return families;
}

function everything(): readonly Matcher[] {
	const parsed = parseSelector('{__name__=~".+"}');
	if (!parsed.ok) throw new Error(parsed.error.message);
	return parsed.value;
}

function lineOf({ __name__: name, ...labels }: Labels): string {
	const pairs = Object.entries(labels)
		.filter(([, value]) => value !== '')
		.map(([label, value]) => `${label}="${escaped(value)}"`);
	return pairs.length > 0 ? `${name}{${pairs.join(',')}}` : (name ?? '');
}

function escaped(text: string): string {
	return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

/** A sample's value as Prometheus writes it. */
export function formatValue(value: number): string {
	if (Number.isNaN(value)) return 'NaN';
	if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
	return Object.is(value, -0) ? '-0' : String(value);
}
