import type { Expr } from '../syntax/ast.ts';
import type { Interner } from './metric.ts';
import type { VectorNode } from './nodes.ts';
import { perShape, VectorBuilder, type Shape } from './vector.ts';

/** Every metric of a shape without its name, once per shape. */
export function nameless(interner: Interner): (shape: Shape) => Shape {
	return perShape((shape) => shape.map((metric) => interner.dropName(metric)));
}

/** Applies a function to each value; what it gives is no longer what the name says. */
export function perValue(
	interner: Interner,
	expr: Expr,
	inner: VectorNode,
	apply: (value: number) => number
): VectorNode {
	const out = new VectorBuilder();
	const names = nameless(interner);
	return (context) => {
		const { shape, values } = inner(context);
		const into = out.like(names(shape));
		for (let at = 0; at < shape.length; at += 1) into[at] = apply(values[at] as number);
		return out.endUnique(expr.start, expr.end);
	};
}
