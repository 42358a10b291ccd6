/** Checks operand and argument types, as Prometheus does after parsing. */
import { exhaustive } from '../exhaustive.ts';
import { PromqlFailure } from '../result.ts';
import { isComparison, isSetOp, unparen, type Binary, type Call, type Expr, type ValueType } from './ast.ts';
import { functions } from './functions.ts';
import { quote } from './literal.ts';

const documented: Readonly<Record<ValueType, string>> = {
	scalar: 'scalar',
	string: 'string',
	vector: 'instant vector',
	matrix: 'range vector'
};

function refuse(message: string, expr: { start: number; end: number }): PromqlFailure {
	return new PromqlFailure('type', message, expr.start, expr.end);
}

function expectType(expr: Expr, wanted: ValueType, context: string): void {
	const got = typeOf(expr);
	if (got !== wanted) throw refuse(`expected type ${documented[wanted]} in ${context}, got ${documented[got]}`, expr);
}

/** The type of an expression; throws a failure where an operand or argument does not fit. */
export function checkTypes(expr: Expr): ValueType {
	switch (expr.type) {
		case 'number':
		case 'string':
			return typeOf(expr);
		case 'selector':
			// A selector that an empty label set satisfies would select everything.
			if (expr.matchers.every((matcher) => matcher.matches('')))
				throw refuse('vector selector must contain at least one non-empty matcher', expr);
			return 'vector';
		case 'matrix':
			checkTypes(expr.selector);
			return 'matrix';
		case 'subquery': {
			const inner = checkTypes(expr.expr);
			if (inner !== 'vector')
				throw refuse(`subquery is only allowed on instant vector, got ${documented[inner]} instead`, expr);
			return 'matrix';
		}
		case 'paren':
			return checkTypes(expr.expr);
		case 'unary': {
			const inner = checkTypes(expr.expr);
			if (inner !== 'scalar' && inner !== 'vector')
				throw refuse(
					`unary expression only allowed on expressions of type scalar or instant vector, got ${quote(documented[inner])}`,
					expr
				);
			return inner;
		}
		case 'aggregation':
			checkTypes(expr.expr);
			expectType(expr.expr, 'vector', 'aggregation expression');
			if (expr.parameter) {
				checkTypes(expr.parameter);
				expectType(expr.parameter, expr.op === 'count_values' ? 'string' : 'scalar', 'aggregation parameter');
			}
			return 'vector';
		case 'binary':
			return checkBinary(expr);
		case 'call':
			return checkCall(expr);
		default:
			return exhaustive(expr);
	}
}

function checkBinary(expr: Binary): ValueType {
	const left = checkTypes(expr.left);
	const right = checkTypes(expr.right);
	const { matching } = expr;
	if (expr.returnBool && !isComparison(expr.op))
		throw refuse('bool modifier can only be used on comparison operators', expr);
	if (isComparison(expr.op) && !expr.returnBool && left === 'scalar' && right === 'scalar')
		throw refuse('comparisons between scalars must use BOOL modifier', expr);
	if (matching.on) {
		for (const label of matching.include) {
			if (matching.labels.includes(label))
				throw refuse(`label ${quote(label)} must not occur in ON and GROUP clause at once`, expr);
		}
	}
	for (const [side, type] of [
		[expr.left, left],
		[expr.right, right]
	] as const) {
		if (type !== 'scalar' && type !== 'vector')
			throw refuse('binary expression must contain only scalar and instant vector types', side);
	}
	const filled = matching.fillLeft !== undefined || matching.fillRight !== undefined;
	if (left === 'scalar' || right === 'scalar') {
		if (matching.labels.length > 0 || matching.card === 'many-to-one' || matching.card === 'one-to-many')
			throw refuse('vector matching only allowed between instant vectors', expr);
		if (filled) throw refuse('filling in missing series only allowed between instant vectors', expr);
		if (isSetOp(expr.op)) throw refuse(`set operator ${quote(expr.op)} not allowed in binary scalar expression`, expr);
		return left === 'scalar' && right === 'scalar' ? 'scalar' : 'vector';
	}
	if (isSetOp(expr.op)) {
		if (matching.card !== 'many-to-many') throw refuse(`no grouping allowed for ${quote(expr.op)} operation`, expr);
		if (filled) throw refuse('filling in missing series not allowed for set operators', expr);
	}
	return 'vector';
}

function checkCall(expr: Call): ValueType {
	const signature = functions.get(expr.name);
	if (!signature) throw refuse(`unknown function with name ${quote(expr.name)}`, expr);
	const { args, variadic, returns } = signature;
	const name = quote(expr.name);
	const given = expr.args.length;
	if (variadic === 0) {
		if (given !== args.length)
			throw refuse(`expected ${args.length} argument(s) in call to ${name}, got ${given}`, expr);
	} else {
		const least = args.length - 1;
		if (given < least) throw refuse(`expected at least ${least} argument(s) in call to ${name}, got ${given}`, expr);
		if (variadic > 0 && given > least + variadic)
			throw refuse(`expected at most ${least + variadic} argument(s) in call to ${name}, got ${given}`, expr);
	}
	expr.args.forEach((arg, index) => {
		const bare = expr.name === 'info' && index === 1 ? unparen(arg) : undefined;
		if (bare) {
			// The second argument of info() names labels to take over, so it may select everything.
			if (bare.type !== 'selector' || bare.name !== undefined)
				throw refuse('expected label selectors only in call to function "info"', arg);
			return;
		}
		checkTypes(arg);
		expectType(arg, args[Math.min(index, args.length - 1)] ?? 'vector', `call to function ${name}`);
	});
	return returns;
}

/** The type of an expression that was checked before. */
export function typeOf(expr: Expr): ValueType {
	switch (expr.type) {
		case 'number':
			return 'scalar';
		case 'string':
			return 'string';
		case 'selector':
		case 'aggregation':
			return 'vector';
		case 'matrix':
		case 'subquery':
			return 'matrix';
		case 'paren':
		case 'unary':
			return typeOf(expr.expr);
		case 'binary':
			return typeOf(expr.left) === 'scalar' && typeOf(expr.right) === 'scalar' ? 'scalar' : 'vector';
		case 'call':
			return functions.get(expr.name)?.returns ?? 'vector';
		default:
			return exhaustive(expr);
	}
}
