/**
 * Turns a checked expression into closures, once. What two expressions have in common is compiled once and, at one
 * moment, computed once; what does not depend on the moment is computed once per query.
 */
import { exhaustive } from '../exhaustive.ts';
import { unparen, type Expr, type MatrixSelector, type Selector, type Subquery } from '../syntax/ast.ts';
import { print } from '../syntax/print.ts';
import { typeOf } from '../syntax/types.ts';
import { aggregation } from './aggregate.ts';
import { scalarBinary, vectorBinary, vectorScalarBinary } from './binary.ts';
import { scalarCall, stringOf, vectorCall } from './calls.ts';
import type { Context } from './context.ts';
import { Interner } from './metric.ts';
import type { MatrixNode, ScalarNode, VectorNode } from './nodes.ts';
import { perValue } from './perValue.ts';
import { instantSelector, rangeSelector, smoothedSelector } from './selector.ts';
import { subqueryNode, subqueryScope } from './subquery.ts';
import { createTiming, durationMs, wholeQuery, type Scope } from './timing.ts';
import { traitsOf, type Traits } from './traits.ts';
import { emptyVector } from './vector.ts';

export interface CompilerOptions {
	readonly delayedNameRemoval: boolean;
	/** One node for equal expressions. Off for single queries, whose remarks should point at each place. */
	readonly share: boolean;
	/** Whether what this selector reads may change between two rules of one tick. */
	readonly isVolatile?: (selector: Selector) => boolean;
}

/** Where in a query an expression stands. */
export interface Place {
	readonly scope: Scope;
	/** Keeps apart nodes that are evaluated at different moments. */
	readonly key: string;
}

export class Compiler {
	readonly interner: Interner;
	private readonly shared = new Map<string, VectorNode>();
	private readonly top: Place = { scope: wholeQuery, key: '' };

	constructor(private readonly options: CompilerOptions) {
		this.interner = new Interner(options.delayedNameRemoval);
	}

	vector(expr: Expr): VectorNode {
		return this.vectorAt(expr, this.top);
	}

	scalar(expr: Expr): ScalarNode {
		return this.scalarAt(expr, this.top);
	}

	matrix(expr: Expr): MatrixNode {
		return this.matrixAt(expr, this.top);
	}

	vectorAt(expr: Expr, place: Place): VectorNode {
		const bare = unparen(expr);
		const key = `${place.key}${this.options.share ? print(bare) : `${bare.start}:${bare.end}:${bare.type}`}`;
		const known = this.shared.get(key);
		if (known) return known;
		const node = remembered(
			this.build(bare, place),
			traitsOf(bare, (selector) => this.isVolatile(selector))
		);
		this.shared.set(key, node);
		return node;
	}

	private build(expr: Expr, place: Place): VectorNode {
		switch (expr.type) {
			case 'selector':
				if (expr.bounds === 'smoothed')
					return smoothedSelector(expr, createTiming(expr, place.scope), this.interner, this.isVolatile(expr));
				return instantSelector(expr, createTiming(expr, place.scope), this.interner, this.isVolatile(expr), false);
			case 'aggregation': {
				const { parameter } = expr;
				const text = parameter && expr.op === 'count_values' ? stringOf(parameter) : undefined;
				const number = parameter && text === undefined ? this.scalarAt(parameter, place) : undefined;
				return aggregation(expr, this.vectorAt(expr.expr, place), number, text, this.interner);
			}
			case 'binary': {
				const leftIsScalar = typeOf(expr.left) === 'scalar';
				const rightIsScalar = typeOf(expr.right) === 'scalar';
				if (leftIsScalar)
					return vectorScalarBinary(
						expr,
						this.vectorAt(expr.right, place),
						this.scalarAt(expr.left, place),
						true,
						this.interner
					);
				if (rightIsScalar)
					return vectorScalarBinary(
						expr,
						this.vectorAt(expr.left, place),
						this.scalarAt(expr.right, place),
						false,
						this.interner
					);
				return vectorBinary(expr, this.vectorAt(expr.left, place), this.vectorAt(expr.right, place), this.interner);
			}
			case 'unary': {
				const inner = this.vectorAt(expr.expr, place);
				return expr.op === '+' ? inner : perValue(this.interner, expr, inner, (value) => -value);
			}
			case 'call':
				return vectorCall(this, expr, place);
			case 'paren':
				return this.vectorAt(expr.expr, place);
			case 'number':
			case 'string':
			case 'matrix':
			case 'subquery':
				throw new Error(`${expr.type} is no instant vector`);
			default:
				return exhaustive(expr);
		}
	}

	scalarAt(expr: Expr, place: Place): ScalarNode {
		const bare = unparen(expr);
		switch (bare.type) {
			case 'number': {
				const { value } = bare;
				return () => value;
			}
			case 'unary': {
				const inner = this.scalarAt(bare.expr, place);
				return bare.op === '+' ? inner : (context) => -inner(context);
			}
			case 'binary':
				return scalarBinary(bare, this.scalarAt(bare.left, place), this.scalarAt(bare.right, place));
			case 'call':
				return scalarCall(this, bare, place);
			default:
				throw new Error(`${bare.type} is no scalar`);
		}
	}

	matrixAt(expr: Expr, place: Place): MatrixNode {
		const bare = unparen(expr);
		if (bare.type === 'matrix') return this.range(bare, place);
		if (bare.type === 'subquery') return this.subquery(bare, place);
		throw new Error(`${bare.type} is no range vector`);
	}

	private range(expr: MatrixSelector, place: Place): MatrixNode {
		const { selector } = expr;
		return rangeSelector(
			selector,
			createTiming(selector, place.scope),
			this.interner,
			this.isVolatile(selector),
			durationMs(expr.range, true)
		);
	}

	private subquery(expr: Subquery, place: Place): MatrixNode {
		const timing = createTiming(expr, place.scope);
		const inside: Place = {
			scope: subqueryScope(expr, timing),
			key: `${place.key}${this.options.share ? print(expr) : `${expr.start}:${expr.end}`}>`
		};
		return subqueryNode(expr, timing, this.vectorAt(expr.expr, inside));
	}

	isVolatile(selector: Selector): boolean {
		return this.options.isVolatile?.(selector) ?? false;
	}
}

/** Computes a node once per moment, or once per query where it is the same at every moment. */
function remembered(node: VectorNode, { constant, volatile }: Traits): VectorNode {
	let stamp = -1;
	let value = emptyVector;
	const stampOf = (context: Context) =>
		constant ? (volatile ? context.query : context.tick) : volatile ? context.freshMoment : context.moment;
	return (context) => {
		const now = stampOf(context);
		if (now !== stamp) {
			value = node(context);
			stamp = now;
		}
		return value;
	};
}
