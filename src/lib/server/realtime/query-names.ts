// The names of a run's own metrics, with their labels and values: what the query editor completes. Collected family by
// family, with a turn for everybody else in between, and kept for a minute of simulated time.

import { visibleQueryable } from '../../engine/index.ts';
import { createMatcher, type Queryable } from '../../promql/index.ts';
import type { PracticeCourse } from '../runs/practice-course.ts';

export interface MetricName {
	name: string;
	type: string;
	help: string;
}

interface Names {
	simMs: number;
	metrics: MetricName[];
	/** Values by label, of each metric. */
	labels: Map<string, Map<string, Set<string>>>;
}

const KEPT_MS = 60_000;
const LOOKBACK_MS = 5 * 60_000;
/** More values than anybody would scroll through. */
const MOST_VALUES = 300;
const PARTS = { counter: [''], gauge: [''], histogram: ['_bucket', '_sum', '_count'] } as const;

export class QueryNames {
	#known: Promise<Names> | null = null;
	#simMs = -Infinity;

	async metrics(course: PracticeCourse): Promise<MetricName[]> {
		return (await this.#names(course)).metrics;
	}

	/** Labels with their values, of one metric or (`null`) of all. */
	async labels(course: PracticeCourse, metric: string | null): Promise<Record<string, string[]>> {
		const { labels } = await this.#names(course);
		const found = new Map<string, Set<string>>();
		for (const [name, own] of labels) {
			if (metric !== null && name !== metric) continue;
			for (const [label, values] of own) {
				const all = found.get(label) ?? new Set();
				for (const value of values) if (all.size < MOST_VALUES) all.add(value);
				found.set(label, all);
			}
		}
		return Object.fromEntries([...found].sort(byName).map(([label, values]) => [label, [...values].sort()]));
	}

	#names(course: PracticeCourse): Promise<Names> {
		const { simMs } = course.state;
		if (this.#known === null || Math.abs(simMs - this.#simMs) > KEPT_MS) {
			this.#simMs = simMs;
			this.#known = collect(course);
		}
		return this.#known;
	}
}

async function collect({ engine, state }: PracticeCourse): Promise<Names> {
	const queryable = visibleQueryable(engine, state);
	const names: Names = { simMs: state.simMs, metrics: [], labels: new Map() };
	for (const { name, type, help } of engine.observation.catalogue().families) {
		for (const part of PARTS[type]) add(names, queryable, { name: name + part, type, help });
		await new Promise((resolve) => setImmediate(resolve));
	}
	const recorded = engine.compiled.rules.groups.flatMap((group) => group.rules.map((rule) => rule.record));
	for (const name of new Set(recorded)) {
		if (typeof name === 'string') add(names, queryable, { name, type: 'gauge', help: 'Recorded by a rule.' });
	}
	add(names, queryable, { name: 'ALERTS', type: 'gauge', help: 'Alerts that are pending or firing.' });
	names.metrics.sort((a, b) => (a.name < b.name ? -1 : 1));
	return names;
}

function add(names: Names, queryable: Queryable, metric: MetricName): void {
	const { simMs } = names;
	const series = queryable.select([createMatcher('__name__', '=', metric.name)], simMs - LOOKBACK_MS, simMs);
	if (series.length === 0) return;
	const labels = new Map<string, Set<string>>();
	for (const { labels: own } of series) {
		for (const [label, value] of Object.entries(own)) {
			if (label === '__name__') continue;
			const values = labels.get(label) ?? new Set();
			if (values.size < MOST_VALUES) values.add(value);
			labels.set(label, values);
		}
	}
	names.metrics.push(metric);
	names.labels.set(metric.name, labels);
}

const byName = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1);
