/** Sorts the samples of a vector into groups by labels, once per shape. */
import { isMetadata, metricName, type Interner, type Metric } from './metric.ts';
import { perShape, type Shape } from './vector.ts';

export interface Grouping {
	/** The group of each sample, as an index into `groups`. */
	readonly of: Int32Array;
	readonly groups: readonly Metric[];
}

/** Groups `by` the labels, or `without` them, in which case the metric name goes as well. */
export function groupBy(interner: Interner, labels: readonly string[], without: boolean): (shape: Shape) => Grouping {
	const named = new Set(labels);
	const known = new Map<Metric, Metric>();
	const groupOf = (metric: Metric) => {
		let group = known.get(metric);
		if (!group) {
			group = without
				? interner.keep(metric, (name) => !named.has(name) && !isMetadata(name))
				: interner.keep(metric, (name) => named.has(name));
			known.set(metric, group);
		}
		return group;
	};
	const keepsName = !without && named.has(metricName);
	return perShape((shape) => {
		if (known.size > 4 * shape.length + 4096) known.clear();
		const groups: Metric[] = [];
		const indexes = new Map<Metric, number>();
		const of = new Int32Array(shape.length);
		shape.forEach((metric, at) => {
			const group = groupOf(metric);
			let index = indexes.get(group);
			if (index === undefined) indexes.set(group, (index = groups.push(group) - 1));
			of[at] = index;
		});
		if (keepsName) markLeaving(interner, shape, of, groups);
		return { of, groups };
	});
}

/** Where the name of one member is to leave, that of its group is. */
function markLeaving(interner: Interner, shape: Shape, of: Int32Array, groups: Metric[]): void {
	shape.forEach((metric, at) => {
		const index = of[at] as number;
		const group = groups[index] as Metric;
		if (metric.nameLeaves && !group.nameLeaves) groups[index] = interner.intern(group.names, group.values, true);
	});
}
