/**
 * A query compiled, kept beside it for as long as it lives: asked again, it still knows its series, groups and matches.
 * Answers do not depend on that; what has changed is noticed.
 */
import { resolveOptions, type EvaluationOptions } from '../options.ts';
import type { Query } from '../query.ts';
import type { Queryable } from '../series.ts';
import { Compiler } from './compile.ts';
import { Context } from './context.ts';
import type { MatrixNode, ScalarNode, VectorNode } from './nodes.ts';

const nowhere: Queryable = { select: () => [] };
/** Label sets that a plan may remember before it starts over. */
const mostMetrics = 20_000;

export class Plan {
	readonly compiler: Compiler;
	readonly context: Context;
	#vector: VectorNode | undefined;
	#scalar: ScalarNode | undefined;
	#matrix: MatrixNode | undefined;

	constructor(
		private readonly query: Query,
		delayedNameRemoval: boolean
	) {
		this.compiler = new Compiler({ delayedNameRemoval, share: false });
		this.context = new Context(nowhere, resolveOptions());
	}

	get vector(): VectorNode {
		return (this.#vector ??= this.compiler.vector(this.query.root));
	}

	get scalar(): ScalarNode {
		return (this.#scalar ??= this.compiler.scalar(this.query.root));
	}

	get matrix(): MatrixNode {
		return (this.#matrix ??= this.compiler.matrix(this.query.root));
	}
}

const plans = new WeakMap<Query, Map<boolean, Plan>>();

/** Lends the plan of a query to `use`, over these samples and with these options. */
export function withPlan<T>(
	query: Query,
	queryable: Queryable,
	options: EvaluationOptions | undefined,
	use: (plan: Plan) => T
): T {
	const resolved = resolveOptions(options);
	const delayed = resolved.delayedNameRemoval;
	let known = plans.get(query);
	if (!known) plans.set(query, (known = new Map<boolean, Plan>()));
	const plan = known.get(delayed) ?? new Plan(query, delayed);
	// While it is lent, nobody else gets it: reading samples might ask the same query again.
	known.delete(delayed);
	plan.context.options = resolved;
	plan.context.queryable = queryable;
	try {
		return use(plan);
	} finally {
		plan.context.queryable = nowhere;
		if (plan.compiler.interner.size <= mostMetrics) known.set(delayed, plan);
	}
}
