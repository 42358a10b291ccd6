/**
 * Label sets inside an evaluation. Each distinct set exists once, so that two are equal exactly when they are the same
 * object, and what is derived from one (without its name, its group) is computed once.
 */
import type { Labels, Series } from '../series.ts';

export const metricName = '__name__';

/** What says of a series which metric it is: its name and, where they are kept as labels, its type and unit. They go together. */
export function isMetadata(name: string): boolean {
	return name === metricName || name === '__type__' || name === '__unit__';
}

export class Metric {
	/** Filled by the interner; see `Interner.dropName`. */
	nameless: Metric | undefined;
	private record: Labels | undefined;
	private counter: boolean | undefined;

	constructor(
		/** Sorted. */
		readonly names: readonly string[],
		readonly values: readonly string[],
		/** The name is still here but leaves at the end of the query. */
		readonly nameLeaves: boolean
	) {}

	/** The value of a label, '' where it has none. */
	get(name: string): string {
		const { names } = this;
		for (let at = 0; at < names.length; at += 1) if (names[at] === name) return this.values[at] as string;
		return '';
	}

	get labels(): Labels {
		if (!this.record) {
			const record: Record<string, string> = {};
			for (let at = 0; at < this.names.length; at += 1) record[this.names[at] as string] = this.values[at] as string;
			this.record = Object.freeze(record);
		}
		return this.record;
	}

	/** Whether it has no name, or one that ends as a counter's does. */
	get countsByName(): boolean {
		if (this.counter === undefined) {
			const name = this.get(metricName);
			this.counter = name === '' || /_(total|sum|count|bucket)$/.test(name);
		}
		return this.counter;
	}

	/** `{__name__="up", job="a"}`, as Prometheus prints label sets in messages. */
	toString(): string {
		return `{${this.names.map((name, at) => `${name}=${JSON.stringify(this.values[at])}`).join(', ')}}`;
	}
}

/** Orders label sets as Prometheus does: name by name, value by value, then the shorter first. */
export function compareMetrics(a: Metric, b: Metric): number {
	const length = Math.min(a.names.length, b.names.length);
	for (let at = 0; at < length; at += 1) {
		const [nameA = '', nameB = ''] = [a.names[at], b.names[at]];
		if (nameA !== nameB) return nameA < nameB ? -1 : 1;
		const [valueA = '', valueB = ''] = [a.values[at], b.values[at]];
		if (valueA !== valueB) return valueA < valueB ? -1 : 1;
	}
	return a.names.length - b.names.length;
}

/** A label set as it is read: sorted names without empty values, and a text that is equal for equal sets alone. */
interface LabelSet {
	readonly names: readonly string[];
	readonly values: readonly string[];
	readonly key: string;
}

/** Of the labels of series, which every query over them reads: what they hold in memory is held once for all queries. */
const setsOfSeries = new WeakMap<Labels, LabelSet>();

function setOf(labels: Labels): LabelSet {
	const names = sharedNames(
		Object.keys(labels)
			.filter((name) => labels[name] !== '')
			.sort()
	);
	const values = names.map((name) => labels[name] as string);
	return { names, values, key: keyOf(names, values) };
}

/** The series of a family have the same names: one list serves them all. */
const nameLists = new Map<string, readonly string[]>();
const mostNameLists = 5_000;

function sharedNames(names: readonly string[]): readonly string[] {
	const key = names.join('\n');
	const known = nameLists.get(key);
	if (known) return known;
	if (nameLists.size >= mostNameLists) nameLists.clear();
	nameLists.set(key, names);
	return names;
}

/** Joined at once: text that grew piece by piece would keep every piece for as long as it lives. */
function keyOf(names: readonly string[], values: readonly string[]): string {
	const parts: (string | number)[] = [];
	for (let at = 0; at < names.length; at += 1) {
		const name = names[at] as string;
		const value = values[at] as string;
		// Lengths before each part keep apart what separators could not.
		parts.push(name.length, ':', name, value.length, ':', value);
	}
	return parts.join('');
}

export class Interner {
	private readonly metrics = new Map<string, Metric>();
	private readonly bySeries = new WeakMap<Series, Metric>();
	readonly empty: Metric;

	/** With `delayed`, names leave only at the end of a query and not where a function would drop them. */
	constructor(readonly delayed: boolean) {
		this.empty = this.intern([], []);
	}

	get size(): number {
		return this.metrics.size;
	}

	ofSeries(series: Series): Metric {
		let metric = this.bySeries.get(series);
		if (!metric) {
			let set = setsOfSeries.get(series.labels);
			if (!set) setsOfSeries.set(series.labels, (set = setOf(series.labels)));
			metric = this.find(set.key, set.names, set.values, false);
			this.bySeries.set(series, metric);
		}
		return metric;
	}

	of(labels: Labels): Metric {
		const { key, names, values } = setOf(labels);
		return this.find(key, names, values, false);
	}

	/** `names` must be sorted and no value empty. */
	intern(names: readonly string[], values: readonly string[], nameLeaves = false): Metric {
		const key = keyOf(names, values);
		return this.find(nameLeaves ? `-${key}` : key, names, values, nameLeaves);
	}

	private find(key: string, names: readonly string[], values: readonly string[], nameLeaves: boolean): Metric {
		let metric = this.metrics.get(key);
		if (!metric) this.metrics.set(key, (metric = new Metric(names, values, nameLeaves)));
		return metric;
	}

	/** What becomes of a metric whose value is no longer what its name says. */
	dropName(metric: Metric): Metric {
		if (metric.nameless) return metric.nameless;
		let nameless = metric;
		if (this.delayed) {
			if (!metric.nameLeaves) nameless = this.intern(metric.names, metric.values, true);
		} else if (metric.names.some(isMetadata)) nameless = this.without(metric, isMetadata);
		metric.nameless = nameless;
		return nameless;
	}

	/** The metric as the query shows it: with `delayed`, the names that were to leave have left. */
	final(metric: Metric): Metric {
		return metric.nameLeaves ? this.without(metric, isMetadata) : metric;
	}

	without(metric: Metric, drops: (name: string) => boolean): Metric {
		return this.keep(metric, (name) => !drops(name));
	}

	keep(metric: Metric, keeps: (name: string) => boolean, nameLeaves = false): Metric {
		const names: string[] = [];
		const values: string[] = [];
		metric.names.forEach((name, at) => {
			if (!keeps(name)) return;
			names.push(name);
			values.push(metric.values[at] as string);
		});
		return this.intern(names, values, nameLeaves);
	}

	/** The metric with some labels changed; '' removes one. */
	with(metric: Metric, changes: Readonly<Record<string, string>>, nameLeaves = metric.nameLeaves): Metric {
		const merged = this.of({ ...metric.labels, ...changes });
		return nameLeaves ? this.intern(merged.names, merged.values, true) : merged;
	}
}
