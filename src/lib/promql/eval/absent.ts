/** `absent` and `absent_over_time`: one sample where there is nothing, labelled with what was looked for. */
import { unparen, type Call, type Expr } from '../syntax/ast.ts';
import { metricName, type Interner, type Metric } from './metric.ts';
import type { MatrixNode, VectorNode } from './nodes.ts';
import { emptyVector, VectorBuilder } from './vector.ts';

/** The labels that the selector fixes: those with one `=` and nothing else. */
function expectedLabels(expr: Expr, interner: Interner): Metric {
	const bare = unparen(expr);
	const selector = bare.type === 'matrix' ? bare.selector : bare;
	if (selector.type !== 'selector') return interner.empty;
	const labels: Record<string, string> = {};
	const seen = new Set<string>();
	for (const matcher of selector.matchers) {
		if (matcher.name === metricName) continue;
		// A label asked for twice is fixed by neither.
		labels[matcher.name] = matcher.op === '=' && !seen.has(matcher.name) ? matcher.value : '';
		seen.add(matcher.name);
	}
	return interner.of(labels);
}

export function absentVector(call: Call, inner: VectorNode, interner: Interner): VectorNode {
	return answer(call, interner, (context) => inner(context).shape.length > 0);
}

export function absentMatrix(call: Call, inner: MatrixNode, interner: Interner): VectorNode {
	return answer(call, interner, (context) => inner(context).count > 0);
}

function answer(call: Call, interner: Interner, present: (context: Parameters<VectorNode>[0]) => boolean): VectorNode {
	const [arg] = call.args;
	const metric = arg ? expectedLabels(arg, interner) : interner.empty;
	const out = new VectorBuilder();
	return (context) => {
		if (present(context)) return emptyVector;
		out.begin();
		out.push(metric, 1);
		return out.end();
	};
}
