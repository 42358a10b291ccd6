/** Walks syntax trees: every expression, and every term of a template. */
import { exhaustive } from '../exhaustive.ts';
import type { Expr, Selector } from '../syntax/ast.ts';

/** The expressions directly inside one. */
export function childrenOf(expr: Expr): readonly Expr[] {
	switch (expr.type) {
		case 'number':
		case 'string':
		case 'selector':
			return [];
		case 'matrix':
			return [expr.selector];
		case 'subquery':
		case 'paren':
		case 'unary':
			return [expr.expr];
		case 'aggregation':
			return expr.parameter ? [expr.parameter, expr.expr] : [expr.expr];
		case 'binary':
			return [expr.left, expr.right];
		case 'call':
			return expr.args;
		default:
			return exhaustive(expr);
	}
}

/** The expression and all inside it, outermost first. */
export function* each(expr: Expr): Generator<Expr> {
	yield expr;
	for (const child of childrenOf(expr)) yield* each(child);
}

/** The metric a selector asks for by name, if it asks for one. */
export function nameOf(selector: Selector): string | undefined {
	return selector.matchers.find(({ name, op }) => name === '__name__' && op === '=')?.value;
}
