/**
 * Precedence climbing over the token stream. Operators bind as in Prometheus, from loose to tight: `or`;
 * `and unless`; comparisons; `+ -`; `* / % atan2`; `^` (to the right). Unary signs bind like `*`, so `-2^2` is -4, and
 * `offset`, `@` and `[…]` bind to the nearest operand.
 */
import { PromqlFailure } from '../result.ts';
import {
	aggregators,
	aggregatorsWithParameter,
	type Aggregator,
	type Binary,
	type BinaryOp,
	type Expr,
	type Selector
} from './ast.ts';
import { parseBinaryModifiers } from './binaryModifiers.ts';
import { functions } from './functions.ts';
import { quote } from './literal.ts';
import { parseModifiers } from './modifiers.ts';
import { Reader } from './reader.ts';
import { parseSelectorFrom } from './selector.ts';

const maxDepth = 250;
/** Trees are walked by recursion, and a chain of operators makes a tree as deep as it is long. */
const maxOperators = 1500;
const precedence: Readonly<Record<string, number>> = {
	or: 1,
	and: 2,
	unless: 2,
	'==': 3,
	'!=': 3,
	'<=': 3,
	'<': 3,
	'>=': 3,
	'>': 3,
	'+': 4,
	'-': 4,
	'*': 5,
	'/': 5,
	'%': 5,
	atan2: 5,
	'^': 6
};
const unaryPrecedence = 5;
/** Words that cannot stand for a metric; every other keyword can. */
const notMetrics = new Set(['on', 'ignoring', 'group_left', 'group_right', 'bool', 'atan2', 'inf', 'nan']);
const aggregatorNames: ReadonlySet<string> = new Set(aggregators);

export class Parser extends Reader {
	private depth = 0;
	private operators = 0;

	/** The whole text as one expression. */
	parseQuery(): Expr {
		if (this.peek().kind === 'end') throw this.failure('no expression found in input');
		const expr = this.expression(0);
		if (this.peek().kind !== 'end') throw this.unexpected('an operator or the end of the query');
		return expr;
	}

	/** The whole text as one selector without modifiers, as `match[]` parameters are written. */
	parseSelector(): Selector {
		const expr = this.parseQuery();
		if (expr.type !== 'selector' || expr.offset || expr.at)
			throw new PromqlFailure('parse', 'expected a series selector', expr.start, expr.end);
		return expr;
	}

	private nested<T>(body: () => T): T {
		if ((this.depth += 1) > maxDepth)
			throw this.failure(`expression is nested too deeply: more than ${maxDepth} levels`);
		const value = body();
		this.depth -= 1;
		return value;
	}

	private binaryOperator(): BinaryOp | undefined {
		const { kind, text } = this.peek();
		const name = kind === 'symbol' ? text : kind === 'identifier' ? text.toLowerCase() : '';
		return Object.hasOwn(precedence, name) ? (name as BinaryOp) : undefined;
	}

	private expression(minimum: number): Expr {
		return this.nested(() => {
			let left = this.unary();
			for (;;) {
				const op = this.binaryOperator();
				const level = op === undefined ? 0 : (precedence[op] ?? 0);
				if (op === undefined || level <= minimum) return left;
				if ((this.operators += 1) > maxOperators)
					throw this.failure(`expression has more than ${maxOperators} operators`);
				this.advance();
				const { returnBool, matching } = parseBinaryModifiers(this, op);
				const right = this.expression(op === '^' ? level - 1 : level);
				const binary: Binary = {
					type: 'binary',
					op,
					left,
					right,
					returnBool,
					matching,
					start: left.start,
					end: right.end
				};
				left = binary;
			}
		});
	}

	private unary(): Expr {
		if (!this.isSymbol('+') && !this.isSymbol('-')) return parseModifiers(this, this.primary());
		const sign = this.advance();
		const op = sign.text === '-' ? '-' : '+';
		const expr = this.expression(unaryPrecedence);
		if (expr.type === 'number') return { ...expr, value: op === '-' ? -expr.value : expr.value, start: sign.start };
		return { type: 'unary', op, expr, start: sign.start, end: expr.end };
	}

	private primary(): Expr {
		const { kind, start, end, text } = this.peek();
		const value = this.numberValue();
		if (value !== undefined && (kind !== 'identifier' || !this.followedBy('({'))) {
			this.advance();
			return { type: 'number', value, start, end };
		}
		if (kind === 'string') return { type: 'string', value: this.stringValue(), start, end };
		if (this.isSymbol('(')) {
			this.advance();
			const expr = this.expression(0);
			this.expectSymbol(')', 'expr', 'parentheses');
			return { type: 'paren', expr, start, end: this.lastEnd };
		}
		if (this.isSymbol('{')) return parseSelectorFrom(this, undefined, start);
		if (kind !== 'identifier') throw this.unexpected('an expression');
		const word = text.toLowerCase();
		if (notMetrics.has(word)) throw this.unexpected('an expression');
		this.advance();
		if (aggregatorNames.has(word) && (this.isSymbol('(') || this.isWord('by') || this.isWord('without')))
			return this.aggregation(word as Aggregator, start);
		if (this.isSymbol('(')) return this.call(text, start, end);
		return parseSelectorFrom(this, text, start);
	}

	private arguments(context: string): Expr[] {
		this.expectSymbol('(', 'expr', context);
		const args: Expr[] = [];
		while (!this.isSymbol(')')) {
			args.push(this.expression(0));
			if (this.isSymbol(',')) {
				this.advance();
				if (this.isSymbol(')')) throw this.failure('trailing commas not allowed in function call args');
			} else if (!this.isSymbol(')')) throw this.unexpected('"," or ")"', context);
		}
		this.advance();
		return args;
	}

	private aggregation(op: Aggregator, start: number): Expr {
		let modifier = this.aggregationModifier();
		const args = this.arguments('aggregation');
		modifier ??= this.aggregationModifier();
		const wanted = aggregatorsWithParameter.has(op) ? 2 : 1;
		if (args.length !== wanted) {
			const message =
				args.length === 0
					? `no arguments for aggregate expression provided`
					: `wrong number of arguments for aggregate expression provided, expected ${wanted}, got ${args.length}`;
			throw new PromqlFailure('parse', message, start, this.lastEnd);
		}
		const expr = args[wanted - 1];
		if (!expr) throw this.failure('no arguments for aggregate expression provided');
		return {
			type: 'aggregation',
			op,
			parameter: wanted === 2 ? args[0] : undefined,
			expr,
			grouping: modifier?.labels ?? [],
			without: modifier?.without ?? false,
			start,
			end: this.lastEnd
		};
	}

	private aggregationModifier(): { without: boolean; labels: readonly string[] } | undefined {
		if (!this.isWord('by') && !this.isWord('without')) return undefined;
		const without = this.isWord('without');
		this.advance();
		return { without, labels: this.groupingLabels() };
	}

	private call(name: string, start: number, end: number): Expr {
		if (!functions.has(name)) throw new PromqlFailure('parse', `unknown function with name ${quote(name)}`, start, end);
		const args = this.arguments(`the call of ${name}`);
		return { type: 'call', name, args, start, end: this.lastEnd };
	}
}
