/** Aggregations over the samples of one moment. */
import { exhaustive } from '../exhaustive.ts';
import { PromqlFailure } from '../result.ts';
import { formatF, formatG } from '../goFloat.ts';
import { isLabelName, quote } from '../syntax/literal.ts';
import type { Aggregation } from '../syntax/ast.ts';
import { groupBy, type Grouping } from './grouping.ts';
import type { Interner, Metric } from './metric.ts';
import type { ScalarNode, Shape, VectorNode } from './nodes.ts';
import { mean, quantile, variance } from './numeric.ts';
import { ranking } from './ranking.ts';
import { VectorBuilder } from './vector.ts';

/** Reduces the values of all groups at once: `into` has one place per group. */
type Reduce = (values: Float64Array, of: Int32Array, count: number, into: Float64Array, groups: number) => void;

let compensation = new Float64Array(64);

const reduceSum: Reduce = (values, of, count, into, groups) => {
	if (compensation.length < groups) compensation = new Float64Array(groups * 2);
	const lost = compensation;
	for (let group = 0; group < groups; group += 1) into[group] = lost[group] = 0;
	for (let at = 0; at < count; at += 1) {
		const group = of[at] as number;
		const value = values[at] as number;
		const before = into[group] as number;
		const next = before + value;
		if (next === Infinity || next === -Infinity) lost[group] = 0;
		else if (Math.abs(before) >= Math.abs(value)) (lost[group] as number) += before - next + value;
		else (lost[group] as number) += value - next + before;
		into[group] = next;
	}
	for (let group = 0; group < groups; group += 1)
		if (Number.isFinite(into[group])) (into[group] as number) += lost[group] as number;
};

function reduceExtreme(better: (value: number, best: number) => boolean): Reduce {
	return (values, of, count, into, groups) => {
		for (let group = 0; group < groups; group += 1) into[group] = NaN;
		for (let at = 0; at < count; at += 1) {
			const group = of[at] as number;
			const value = values[at] as number;
			const best = into[group] as number;
			if (better(value, best) || Number.isNaN(best)) into[group] = value;
		}
	};
}

const reduceCount: Reduce = (_values, of, count, into, groups) => {
	for (let group = 0; group < groups; group += 1) into[group] = 0;
	for (let at = 0; at < count; at += 1) (into[of[at] as number] as number) += 1;
};

const reduceGroup: Reduce = (_values, _of, _count, into, groups) => {
	for (let group = 0; group < groups; group += 1) into[group] = 1;
};

/** Collects each group's values side by side first; for what needs them together. */
function gathered(reduce: (values: Float64Array, from: number, to: number) => number): Reduce {
	return (values, of, count, into, groups) => {
		const starts = new Int32Array(groups + 1);
		for (let at = 0; at < count; at += 1) (starts[(of[at] as number) + 1] as number) += 1;
		for (let group = 0; group < groups; group += 1) (starts[group + 1] as number) += starts[group] as number;
		const sorted = new Float64Array(count);
		const next = starts.slice();
		for (let at = 0; at < count; at += 1) sorted[(next[of[at] as number] as number)++] = values[at] as number;
		for (let group = 0; group < groups; group += 1)
			into[group] = reduce(sorted, starts[group] as number, starts[group + 1] as number);
	};
}

function simple(inner: VectorNode, grouping: (shape: Shape) => Grouping, reduce: Reduce): VectorNode {
	const out = new VectorBuilder();
	return (context) => {
		const { shape, values } = inner(context);
		const { of, groups } = grouping(shape);
		const into = out.like(groups);
		reduce(values, of, shape.length, into, groups.length);
		return out;
	};
}

export function aggregation(
	expr: Aggregation,
	inner: VectorNode,
	parameter: ScalarNode | undefined,
	text: string | undefined,
	interner: Interner
): VectorNode {
	const grouping = groupBy(interner, expr.grouping, expr.without);
	switch (expr.op) {
		case 'sum':
			return simple(inner, grouping, reduceSum);
		case 'avg':
			return simple(inner, grouping, gathered(mean));
		case 'count':
			return simple(inner, grouping, reduceCount);
		case 'min':
			return simple(
				inner,
				grouping,
				reduceExtreme((value, best) => value < best)
			);
		case 'max':
			return simple(
				inner,
				grouping,
				reduceExtreme((value, best) => value > best)
			);
		case 'group':
			return simple(inner, grouping, reduceGroup);
		case 'stddev':
			return simple(
				inner,
				grouping,
				gathered((values, from, to) => Math.sqrt(variance(values, from, to)))
			);
		case 'stdvar':
			return simple(inner, grouping, gathered(variance));
		case 'quantile': {
			const wanted = parameter ?? (() => NaN);
			let q = NaN;
			const reduce = simple(
				inner,
				grouping,
				gathered((values, from, to) => quantile(q, Array.from(values.subarray(from, to))))
			);
			return (context) => {
				q = wanted(context);
				if (!(q >= 0 && q <= 1))
					context.remark(
						'warning',
						`quantile value should be between 0 and 1, got ${formatG(q)}`,
						expr.parameter ?? expr
					);
				return reduce(context);
			};
		}
		case 'topk':
		case 'bottomk':
		case 'limitk':
		case 'limit_ratio':
			return ranking(expr, inner, parameter ?? (() => NaN), grouping);
		case 'count_values':
			return countValues(expr, inner, text ?? '', interner);
		default:
			return exhaustive(expr.op);
	}
}

/** How often each value occurs, the value becoming a label. */
function countValues(expr: Aggregation, inner: VectorNode, label: string, interner: Interner): VectorNode {
	if (!isLabelName(label))
		throw new PromqlFailure('execution', `invalid label name ${quote(label)}`, expr.start, expr.end);
	// The label that receives the value belongs to the group whether it was named or not.
	const grouping = groupBy(interner, expr.without ? [...expr.grouping, label] : expr.grouping, expr.without);
	const out = new VectorBuilder();
	return (context) => {
		const { shape, values } = inner(context);
		const { of, groups } = grouping(shape);
		const counts = new Map<Metric, number>();
		for (let at = 0; at < shape.length; at += 1) {
			const metric = interner.with(groups[of[at] as number] as Metric, { [label]: formatF(values[at] as number, -1) });
			counts.set(metric, (counts.get(metric) ?? 0) + 1);
		}
		out.begin();
		for (const [metric, count] of counts) out.push(metric, count);
		return out.end();
	};
}
