/** Binary operators: number with number, number with vector, vector with vector. */
import { isComparison, isSetOp, type Binary } from '../syntax/ast.ts';
import { matchVectors } from './matching.ts';
import type { Interner, Metric } from './metric.ts';
import type { ScalarNode, VectorNode } from './nodes.ts';
import { calculate, comparator } from './operators.ts';
import { nameless } from './perValue.ts';
import { setOperation } from './sets.ts';
import { VectorBuilder } from './vector.ts';

export function scalarBinary(expr: Binary, left: ScalarNode, right: ScalarNode): ScalarNode {
	const apply = calculate(expr.op);
	return (context) => apply(left(context), right(context));
}

/** A vector with a number beside each value; `swapped` where the number stands on the left. */
export function vectorScalarBinary(
	expr: Binary,
	vector: VectorNode,
	scalar: ScalarNode,
	swapped: boolean,
	interner: Interner
): VectorNode {
	const out = new VectorBuilder();
	if (isComparison(expr.op) && !expr.returnBool) {
		const holds = comparator(expr.op);
		return (context) => {
			const { shape, values } = vector(context);
			const number = scalar(context);
			out.begin();
			for (let at = 0; at < shape.length; at += 1) {
				const value = values[at] as number;
				if (swapped ? holds(number, value) : holds(value, number)) out.push(shape[at] as Metric, value);
			}
			return out.end();
		};
	}
	const apply = calculate(expr.op);
	const names = nameless(interner);
	return (context) => {
		const { shape, values } = vector(context);
		const number = scalar(context);
		const into = out.like(names(shape));
		if (swapped) for (let at = 0; at < shape.length; at += 1) into[at] = apply(number, values[at] as number);
		else for (let at = 0; at < shape.length; at += 1) into[at] = apply(values[at] as number, number);
		return out.endUnique(expr.start, expr.end);
	};
}

export function vectorBinary(expr: Binary, left: VectorNode, right: VectorNode, interner: Interner): VectorNode {
	if (isSetOp(expr.op)) return setOperation(expr.op, expr.matching, left, right);
	const pairing = matchVectors(expr, interner);
	const out = new VectorBuilder();
	const { fillLeft, fillRight } = expr.matching;
	const filter = isComparison(expr.op) && !expr.returnBool ? comparator(expr.op) : undefined;
	const apply = calculate(expr.op);
	return (context) => {
		const a = left(context);
		const b = right(context);
		const pairs = pairing(a.shape, b.shape);
		const { leftAt, rightAt, metrics } = pairs;
		out.begin();
		for (let at = 0; at < metrics.length; at += 1) {
			const i = leftAt[at] as number;
			const j = rightAt[at] as number;
			const x = i < 0 ? (fillLeft as number) : (a.values[i] as number);
			const y = j < 0 ? (fillRight as number) : (b.values[j] as number);
			if (!filter) out.push(metrics[at] as Metric, apply(x, y));
			else if (filter(x, y)) out.push(metrics[at] as Metric, x);
		}
		return pairs.unique ? out.end() : out.endUnique(expr.start, expr.end);
	};
}
