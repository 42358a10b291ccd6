/** Aggregations that pick samples instead of combining them: topk, bottomk, limitk, limit_ratio. */
import { PromqlFailure } from '../result.ts';
import type { Aggregation } from '../syntax/ast.ts';
import { formatG } from '../goFloat.ts';
import type { Grouping } from './grouping.ts';
import { hashRatio } from './hash.ts';
import type { Metric } from './metric.ts';
import type { ScalarNode, Shape, VectorNode } from './nodes.ts';
import { VectorBuilder } from './vector.ts';

export function ranking(
	expr: Aggregation,
	inner: VectorNode,
	parameter: ScalarNode,
	grouping: (shape: Shape) => Grouping
): VectorNode {
	const out = new VectorBuilder();
	const chosen: number[][] = [];
	return (context) => {
		const wanted = parameter(context);
		if (Number.isNaN(wanted)) {
			const message = expr.op === 'limit_ratio' ? 'Ratio value is NaN' : 'Parameter value is NaN';
			throw new PromqlFailure('execution', message, expr.start, expr.end);
		}
		if (expr.op !== 'limit_ratio' && wanted >= 2 ** 63) {
			throw new PromqlFailure('execution', `Scalar value ${formatG(wanted)} overflows int64`, expr.start, expr.end);
		}
		const { shape, values } = inner(context);
		out.begin();
		if (expr.op === 'limit_ratio') {
			let ratio = wanted;
			if (ratio > 1 || ratio < -1) {
				ratio = Math.sign(ratio);
				context.remark(
					'warning',
					`ratio value should be between -1 and 1, got ${formatG(wanted)}, capping to ${ratio}`,
					expr.parameter ?? expr
				);
			}
			for (let at = 0; at < shape.length; at += 1)
				if (inRatio(shape[at] as Metric, ratio)) out.push(shape[at] as Metric, values[at] as number);
			return out.end();
		}
		const k = Math.min(shape.length, Math.trunc(wanted));
		if (k < 1) return out.end();
		const { of, groups } = grouping(shape);
		for (let group = 0; group < groups.length; group += 1) chosen[group] = [];
		for (let at = 0; at < shape.length; at += 1) (chosen[of[at] as number] as number[]).push(at);
		for (let group = 0; group < groups.length; group += 1) {
			const members = chosen[group] as number[];
			if (expr.op !== 'limitk') {
				const sign = expr.op === 'topk' ? -1 : 1;
				// NaN is neither large nor small: it is taken only where nothing else is left.
				members.sort((a, b) => {
					const x = values[a] as number;
					const y = values[b] as number;
					if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
					return x === y ? 0 : sign * (x < y ? -1 : 1);
				});
			}
			for (const at of members.slice(0, k)) out.push(shape[at] as Metric, values[at] as number);
		}
		return out.end();
	};
}

/** A ratio and its negative complement split the series between them: 0.3 takes what -0.7 leaves. */
function inRatio(metric: Metric, ratio: number): boolean {
	const place = hashRatio(metric);
	return ratio >= 0 ? place < ratio : place >= 1 + ratio;
}
