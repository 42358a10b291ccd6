/** Durations where a range, step or offset stands: a literal, or arithmetic over `step()` and `range()`. */
import { PromqlFailure } from '../result.ts';
import type { DurationExpr } from './ast.ts';
import type { LexerMode } from './lexer.ts';
import type { Reader } from './reader.ts';

const precedence: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '%': 2, '^': 3 };

/**
 * In brackets the whole arithmetic may stand bare; after `offset` only a literal, a signed literal, a call or
 * something in parentheses, since `offset 5m + x` adds to the query.
 */
export function parseDurationExpr(reader: Reader, mode: LexerMode, positive: boolean): DurationExpr {
	const expr = mode === 'brackets' ? arithmetic(reader, mode, 0) : signed(reader, mode, false);
	const seconds = constantSeconds(expr);
	if (seconds !== undefined && positive && !(seconds > 0))
		throw new PromqlFailure('parse', 'duration must be greater than 0', expr.start, expr.end);
	if (seconds !== undefined && !(Math.abs(seconds) < 9.2e9))
		throw new PromqlFailure('parse', 'duration out of range', expr.start, expr.end);
	// What does not depend on the query is a plain duration from here on.
	return seconds === undefined ? expr : { type: 'seconds', seconds, start: expr.start, end: expr.end };
}

function arithmetic(reader: Reader, mode: LexerMode, minimum: number): DurationExpr {
	let left = signed(reader, mode, true);
	for (;;) {
		const op = reader.peek().text;
		const level = reader.peek().kind === 'symbol' && Object.hasOwn(precedence, op) ? (precedence[op] ?? 0) : 0;
		if (level <= minimum) return left;
		reader.advance(mode);
		const right = arithmetic(reader, mode, op === '^' ? level - 1 : level);
		left = { type: 'arithmetic', op: op as '+', left, right, start: left.start, end: right.end };
	}
}

/** `inside` brackets or parentheses arithmetic goes on after the operand; bare after `offset` it does not. */
function signed(reader: Reader, mode: LexerMode, inside: boolean): DurationExpr {
	const { start } = reader.peek();
	if (reader.isSymbol('+')) {
		reader.advance(mode);
		return { ...signed(reader, mode, inside), start };
	}
	if (reader.isSymbol('-')) {
		reader.advance(mode);
		// A sign binds like a product: -2^2 is -(2^2).
		const operand = inside ? arithmetic(reader, mode, 2) : signed(reader, mode, inside);
		if (operand.type === 'seconds') return { ...operand, seconds: -operand.seconds, start };
		return { type: 'negate', operand, start, end: operand.end };
	}
	return operand(reader, mode);
}

function operand(reader: Reader, mode: LexerMode): DurationExpr {
	const literal = reader.durationLiteral(mode);
	if (literal) return literal;
	const { start } = reader.peek();
	if (reader.isSymbol('(')) {
		reader.advance(mode);
		const inner = arithmetic(reader, mode, 0);
		const close = reader.expectSymbol(')', mode, 'duration expression');
		return { ...inner, start, end: close.end };
	}
	for (const type of ['step', 'range'] as const) {
		if (!reader.isWord(type)) continue;
		reader.advance(mode);
		reader.expectSymbol('(', mode, 'duration expression');
		const close = reader.expectSymbol(')', mode, 'duration expression');
		return { type, start, end: close.end };
	}
	for (const op of ['min', 'max', 'min_of', 'max_of'] as const) {
		if (!reader.isWord(op)) continue;
		reader.advance(mode);
		reader.expectSymbol('(', mode, 'duration expression');
		const left = arithmetic(reader, mode, 0);
		reader.expectSymbol(',', mode, 'duration expression');
		const right = arithmetic(reader, mode, 0);
		const close = reader.expectSymbol(')', mode, 'duration expression');
		return { type: 'arithmetic', op: op.startsWith('min') ? 'min' : 'max', left, right, start, end: close.end };
	}
	throw reader.unexpected('a number or duration', mode === 'brackets' ? 'a range' : 'offset');
}

/** The seconds of a duration that does not depend on the query's step or range, otherwise `undefined`. */
export function constantSeconds(expr: DurationExpr): number | undefined {
	return dependsOnQuery(expr) ? undefined : evaluateDuration(expr, 0, 0);
}

function dependsOnQuery(expr: DurationExpr): boolean {
	switch (expr.type) {
		case 'seconds':
			return false;
		case 'step':
		case 'range':
			return true;
		case 'negate':
			return dependsOnQuery(expr.operand);
		case 'arithmetic':
			return dependsOnQuery(expr.left) || dependsOnQuery(expr.right);
	}
}

/** The seconds a duration comes to in a query with this step and range. */
export function evaluateDuration(expr: DurationExpr, stepMs: number, rangeMs: number): number {
	switch (expr.type) {
		case 'seconds':
			return expr.seconds;
		case 'step':
			return stepMs / 1000;
		case 'range':
			return rangeMs / 1000;
		case 'negate':
			return -evaluateDuration(expr.operand, stepMs, rangeMs);
		case 'arithmetic': {
			const left = evaluateDuration(expr.left, stepMs, rangeMs);
			const right = evaluateDuration(expr.right, stepMs, rangeMs);
			switch (expr.op) {
				case '+':
					return left + right;
				case '-':
					return left - right;
				case '*':
					return left * right;
				case '/':
					if (right === 0) throw new PromqlFailure('execution', 'division by zero', expr.start, expr.end);
					return left / right;
				case '%':
					if (right === 0) throw new PromqlFailure('execution', 'modulo by zero', expr.start, expr.end);
					return left % right;
				case '^':
					return left ** right;
				case 'min':
					return Math.min(left, right);
				case 'max':
					return Math.max(left, right);
			}
		}
	}
}
