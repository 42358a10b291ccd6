// A query's tree in the shape that Prometheus' `/api/v1/parse_query` gives it.

import type { DurationExpr, Expr, Selector } from '../../promql/syntax/ast.ts';
import { signatureOf } from './function-signature.ts';

type Described = Record<string, unknown>;

export function describeExpr(expr: Expr): Described {
	switch (expr.type) {
		case 'number':
			return { type: 'numberLiteral', val: numberText(expr.value) };
		case 'string':
			return { type: 'stringLiteral', val: expr.value };
		case 'paren':
			return { type: 'parenExpr', expr: describeExpr(expr.expr) };
		case 'unary':
			return { type: 'unaryExpr', op: expr.op, expr: describeExpr(expr.expr) };
		case 'selector':
			return { type: 'vectorSelector', ...selector(expr) };
		case 'matrix':
			return { type: 'matrixSelector', ...selector(expr.selector), range: milliseconds(expr.range) };
		case 'subquery':
			return {
				type: 'subquery',
				expr: describeExpr(expr.expr),
				range: milliseconds(expr.range),
				step: expr.step ? milliseconds(expr.step) : 0,
				...moment(expr)
			};
		case 'call':
			return { type: 'call', func: signatureOf(expr.name), args: expr.args.map(describeExpr) };
		case 'aggregation':
			return {
				type: 'aggregation',
				op: expr.op,
				expr: describeExpr(expr.expr),
				param: expr.parameter ? describeExpr(expr.parameter) : null,
				grouping: expr.grouping,
				without: expr.without
			};
		case 'binary': {
			const { card, on, labels, include } = expr.matching;
			const vectors = isVector(expr.left) && isVector(expr.right);
			return {
				type: 'binaryExpr',
				op: expr.op,
				lhs: describeExpr(expr.left),
				rhs: describeExpr(expr.right),
				matching: vectors ? { card, labels, on, include } : null,
				bool: expr.returnBool
			};
		}
	}
}

function selector(node: Selector): Described {
	return {
		name: node.name ?? '',
		matchers: node.matchers.map(({ op: type, name, value }) => ({ type, name, value })),
		...moment(node)
	};
}

function moment({ offset, at }: Pick<Selector, 'offset' | 'at'>): Described {
	return {
		offset: offset ? milliseconds(offset) : 0,
		timestamp: at?.type === 'time' ? at.timeMs : null,
		startOrEnd: at && at.type !== 'time' ? at.type : null
	};
}

/** Milliseconds of a duration; null where it depends on the query's own step and range. */
function milliseconds(duration: DurationExpr): number | null {
	switch (duration.type) {
		case 'seconds':
			return duration.seconds * 1000;
		case 'negate': {
			const inner = milliseconds(duration.operand);
			return inner === null ? null : -inner;
		}
		case 'step':
		case 'range':
		case 'arithmetic':
			return null;
	}
}

function isVector(expr: Expr): boolean {
	switch (expr.type) {
		case 'number':
		case 'string':
			return false;
		case 'paren':
		case 'unary':
			return isVector(expr.expr);
		case 'binary':
			return isVector(expr.left) || isVector(expr.right);
		case 'call':
			return signatureOf(expr.name).returnType === 'vector';
		case 'selector':
		case 'matrix':
		case 'subquery':
		case 'aggregation':
			return true;
	}
}

function numberText(value: number): string {
	if (Number.isFinite(value)) return String(value);
	return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}
