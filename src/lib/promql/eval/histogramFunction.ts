/** `histogram_quantile`, `histogram_quantiles` and `histogram_fraction` over classic histograms. */
import type { Call, Expr } from '../syntax/ast.ts';
import { formatG } from '../goFloat.ts';
import { parseNumber, quote } from '../syntax/literal.ts';
import { bucketFraction, bucketQuantile, makeMonotonic, type Buckets } from './buckets.ts';
import type { Context } from './context.ts';
import { metricName, type Interner, type Metric } from './metric.ts';
import type { ScalarNode, VectorNode } from './nodes.ts';
import { emptyVector, perShape, VectorBuilder, type Shape } from './vector.ts';

interface Group {
	/** The labels without `le`. */
	readonly metric: Metric;
	/** Distinct upper bounds, ascending. */
	readonly bounds: number[];
	/** For each bound the places of its samples; several where it is written in several ways. */
	readonly members: number[][];
}

interface Plan {
	readonly groups: readonly Group[];
	/** Metrics whose `le` is missing or no number. */
	readonly malformed: readonly Metric[];
}

/** Sorts the buckets of a vector into histograms, once per shape. */
function histograms(interner: Interner): (shape: Shape) => Plan {
	return perShape((shape) => {
		const groups = new Map<Metric, Map<number, number[]>>();
		const malformed: Metric[] = [];
		shape.forEach((metric, at) => {
			const le = metric.get('le');
			const bound = parseNumber(le);
			if (le === '' || bound === undefined || Number.isNaN(bound)) {
				malformed.push(metric);
				return;
			}
			const key = interner.keep(metric, (name) => name !== 'le', metric.nameLeaves);
			let bounds = groups.get(key);
			if (!bounds) groups.set(key, (bounds = new Map<number, number[]>()));
			const members = bounds.get(bound);
			if (members) members.push(at);
			else bounds.set(bound, [at]);
		});
		return {
			malformed,
			groups: [...groups].map(([metric, byBound]) => {
				const bounds = [...byBound.keys()].sort((a, b) => a - b);
				return { metric, bounds, members: bounds.map((bound) => byBound.get(bound) ?? []) };
			})
		};
	});
}

function fill(group: Group, values: Float64Array): Buckets {
	const counts = group.members.map((members) => members.reduce((sum, at) => sum + (values[at] as number), 0));
	return { bounds: group.bounds, counts };
}

function named(metric: Metric): string {
	const name = metric.get(metricName);
	return name === '' ? '' : ` for metric name ${quote(name)}`;
}

function remarkMalformed(context: Context, plan: Plan, at: Expr): void {
	for (const metric of plan.malformed) {
		context.remark(
			'warning',
			`bucket label "le" is missing or has a malformed value of ${quote(metric.get('le'))}${named(metric)}`,
			at
		);
	}
}

function remarkQuantile(context: Context, q: number, at: Expr): void {
	if (!(q >= 0 && q <= 1)) context.remark('warning', `quantile value should be between 0 and 1, got ${formatG(q)}`, at);
}

function quantileOf(context: Context, q: number, group: Group, values: Float64Array, at: Expr): number {
	if (Number.isNaN(q)) return NaN;
	if (q < 0) return -Infinity;
	if (q > 1) return Infinity;
	const buckets = fill(group, values);
	if (buckets.bounds[buckets.bounds.length - 1] !== Infinity) return NaN;
	const repair = makeMonotonic(buckets);
	if (repair) {
		const see = 'https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile';
		context.remarkRepair(
			`input to histogram_quantile needed to be fixed for monotonicity (see ${see})${named(group.metric)}`,
			at,
			repair
		);
	}
	return bucketQuantile(q, buckets);
}

export function histogramQuantile(call: Call, wanted: ScalarNode, inner: VectorNode, interner: Interner): VectorNode {
	const plan = histograms(interner);
	const out = new VectorBuilder();
	const [quantileArg = call, vectorArg = call] = call.args;
	return (context) => {
		const q = wanted(context);
		remarkQuantile(context, q, quantileArg);
		const { shape, values } = inner(context);
		const current = plan(shape);
		remarkMalformed(context, current, vectorArg);
		out.begin();
		for (const group of current.groups)
			out.push(interner.dropName(group.metric), quantileOf(context, q, group, values, vectorArg));
		return out.endUnique(call.start, call.end);
	};
}

export function histogramQuantiles(
	call: Call,
	inner: VectorNode,
	label: string,
	wanted: readonly ScalarNode[],
	interner: Interner
): VectorNode {
	const plan = histograms(interner);
	const out = new VectorBuilder();
	const [vectorArg = call] = call.args;
	return (context) => {
		const quantiles = wanted.map((node) => node(context));
		quantiles.forEach((q, at) => remarkQuantile(context, q, call.args[at + 2] ?? call));
		const { shape, values } = inner(context);
		const current = plan(shape);
		remarkMalformed(context, current, vectorArg);
		out.begin();
		for (const q of quantiles) {
			for (const group of current.groups) {
				const metric = interner.with(interner.dropName(group.metric), { [label]: openMetricsNumber(q) });
				out.push(metric, quantileOf(context, q, group, values, vectorArg));
			}
		}
		return out.endUnique(call.start, call.end);
	};
}

/** A number as OpenMetrics writes it: whole ones keep a `.0`. */
function openMetricsNumber(value: number): string {
	const text = formatG(value);
	return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

export function histogramFraction(
	call: Call,
	lower: ScalarNode,
	upper: ScalarNode,
	inner: VectorNode,
	interner: Interner
): VectorNode {
	const plan = histograms(interner);
	const out = new VectorBuilder();
	const [, , vectorArg = call] = call.args;
	return (context) => {
		const [from, to] = [lower(context), upper(context)];
		const { shape, values } = inner(context);
		const current = plan(shape);
		remarkMalformed(context, current, vectorArg);
		out.begin();
		for (const group of current.groups) {
			const buckets = fill(group, values);
			out.push(interner.dropName(group.metric), bucketFraction(from, to, buckets));
		}
		return out.endUnique(call.start, call.end);
	};
}

/** Functions of native histograms: floats have none of what they read, but a mistake inside still shows. */
export function nothing(inner: VectorNode): VectorNode {
	return (context) => {
		inner(context);
		return emptyVector;
	};
}
