/** The syntax tree. Every node knows its place in the query text as character offsets [start, end). */

import type { Matcher } from '../series.ts';

export type ValueType = 'scalar' | 'string' | 'vector' | 'matrix';

interface Node {
	readonly start: number;
	readonly end: number;
}

/** A duration that may be arithmetic over the query's own step and range, in seconds: `5m`, `step() * 3`. */
export type DurationExpr =
	| (Node & { readonly type: 'seconds'; readonly seconds: number })
	| (Node & { readonly type: 'step' })
	| (Node & { readonly type: 'range' })
	| (Node & { readonly type: 'negate'; readonly operand: DurationExpr })
	| (Node & {
			readonly type: 'arithmetic';
			readonly op: '+' | '-' | '*' | '/' | '%' | '^' | 'min' | 'max';
			readonly left: DurationExpr;
			readonly right: DurationExpr;
	  });

/** The moment an `@` pins a selector to; `start` and `end` are the query's own. */
export type AtModifier =
	{ readonly type: 'time'; readonly timeMs: number } | { readonly type: 'start' } | { readonly type: 'end' };

export interface Selector extends Node {
	readonly type: 'selector';
	/** As written before the braces; `undefined` for `{…}` alone. */
	readonly name: string | undefined;
	readonly matchers: readonly Matcher[];
	readonly offset: DurationExpr | undefined;
	readonly at: AtModifier | undefined;
	readonly bounds: 'anchored' | 'smoothed' | undefined;
}

export interface MatrixSelector extends Node {
	readonly type: 'matrix';
	readonly selector: Selector;
	readonly range: DurationExpr;
}

export interface Subquery extends Node {
	readonly type: 'subquery';
	readonly expr: Expr;
	readonly range: DurationExpr;
	readonly step: DurationExpr | undefined;
	readonly offset: DurationExpr | undefined;
	readonly at: AtModifier | undefined;
}

export const aggregators = [
	'sum',
	'avg',
	'count',
	'min',
	'max',
	'group',
	'stddev',
	'stdvar',
	'topk',
	'bottomk',
	'count_values',
	'quantile',
	'limitk',
	'limit_ratio'
] as const;
export type Aggregator = (typeof aggregators)[number];
export const aggregatorsWithParameter: ReadonlySet<string> = new Set([
	'topk',
	'bottomk',
	'count_values',
	'quantile',
	'limitk',
	'limit_ratio'
]);

export interface Aggregation extends Node {
	readonly type: 'aggregation';
	readonly op: Aggregator;
	readonly parameter: Expr | undefined;
	readonly expr: Expr;
	readonly grouping: readonly string[];
	readonly without: boolean;
}

export interface Call extends Node {
	readonly type: 'call';
	readonly name: string;
	readonly args: readonly Expr[];
}

export type SetOp = 'and' | 'or' | 'unless';
export type ComparisonOp = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type ArithmeticOp = '+' | '-' | '*' | '/' | '%' | '^' | 'atan2';
export type BinaryOp = SetOp | ComparisonOp | ArithmeticOp;

export interface VectorMatching {
	readonly card: 'one-to-one' | 'many-to-one' | 'one-to-many' | 'many-to-many';
	readonly on: boolean;
	readonly labels: readonly string[];
	/** Labels that `group_left` or `group_right` copies from the one side. */
	readonly include: readonly string[];
	/** What stands in for a missing side, as `fill`, `fill_left` and `fill_right` say. */
	readonly fillLeft: number | undefined;
	readonly fillRight: number | undefined;
}

export interface Binary extends Node {
	readonly type: 'binary';
	readonly op: BinaryOp;
	readonly left: Expr;
	readonly right: Expr;
	readonly returnBool: boolean;
	readonly matching: VectorMatching;
}

export interface Unary extends Node {
	readonly type: 'unary';
	readonly op: '+' | '-';
	readonly expr: Expr;
}

export interface Paren extends Node {
	readonly type: 'paren';
	readonly expr: Expr;
}

export interface NumberLiteral extends Node {
	readonly type: 'number';
	readonly value: number;
}

export interface StringLiteral extends Node {
	readonly type: 'string';
	readonly value: string;
}

export type Expr =
	Selector | MatrixSelector | Subquery | Aggregation | Call | Binary | Unary | Paren | NumberLiteral | StringLiteral;

export function isComparison(op: BinaryOp): op is ComparisonOp {
	return op === '==' || op === '!=' || op === '<' || op === '<=' || op === '>' || op === '>=';
}

export function isSetOp(op: BinaryOp): op is SetOp {
	return op === 'and' || op === 'or' || op === 'unless';
}

/** The expression inside any number of parentheses. */
export function unparen(expr: Expr): Expr {
	let inner = expr;
	while (inner.type === 'paren') inner = inner.expr;
	return inner;
}
