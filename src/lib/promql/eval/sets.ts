/** `and`, `or`, `unless`: which samples stay depends on labels alone, so it is worked out once per pair of shapes. */
import type { SetOp, VectorMatching } from '../syntax/ast.ts';
import type { Metric } from './metric.ts';
import type { VectorNode } from './nodes.ts';
import { signatureOf } from './signature.ts';
import { VectorBuilder, type Shape } from './vector.ts';

interface Plan {
	readonly left: Shape;
	readonly right: Shape;
	/** Places in the left vector to take, then places in the right one. */
	readonly fromLeft: readonly number[];
	readonly fromRight: readonly number[];
}

export function setOperation(op: SetOp, matching: VectorMatching, left: VectorNode, right: VectorNode): VectorNode {
	const signature = signatureOf(matching);
	const out = new VectorBuilder();
	let plan: Plan | undefined;
	const makePlan = (a: Shape, b: Shape): Plan => {
		const all = (shape: Shape) => shape.map((_, at) => at);
		const others = new Set((op === 'or' ? a : b).map(signature));
		if (op === 'or')
			return {
				left: a,
				right: b,
				fromLeft: all(a),
				fromRight: all(b).filter((at) => !others.has(signature(b[at] as Metric)))
			};
		const wanted = op === 'and';
		return {
			left: a,
			right: b,
			fromLeft: all(a).filter((at) => others.has(signature(a[at] as Metric)) === wanted),
			fromRight: []
		};
	};
	return (context) => {
		const a = left(context);
		const b = right(context);
		if (!plan || plan.left !== a.shape || plan.right !== b.shape) plan = makePlan(a.shape, b.shape);
		out.begin();
		for (const at of plan.fromLeft) out.push(a.shape[at] as Metric, a.values[at] as number);
		for (const at of plan.fromRight) out.push(b.shape[at] as Metric, b.values[at] as number);
		return out.end();
	};
}
