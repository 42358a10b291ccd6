/** What the value of an expression counts, as far as its shape tells: so many per second, or a share of something. */
import { isComparison, isSetOp, unparen, type Expr } from '../syntax/ast.ts';
import { typeOf } from '../syntax/types.ts';
import { nameOf } from './walk.ts';

export type Unit = 'per second' | 'unknown';

/** Counters of seconds: their rate is a share of the time, not a number of things. */
const ofSeconds = /_seconds(_total|_sum)?$/;

export function unitOf(expr: Expr): Unit {
	const bare = unparen(expr);
	switch (bare.type) {
		case 'unary':
			return unitOf(bare.expr);
		case 'aggregation':
			// Counts and deviations are of the series, not of what they count.
			return ['sum', 'avg', 'min', 'max', 'topk', 'bottomk', 'quantile', 'limitk'].includes(bare.op)
				? unitOf(bare.expr)
				: 'unknown';
		case 'call': {
			if (bare.name === 'rate' || bare.name === 'irate') {
				const range = bare.args[0] && unparen(bare.args[0]);
				const name = range?.type === 'matrix' ? nameOf(range.selector) : undefined;
				return name !== undefined && !ofSeconds.test(name) ? 'per second' : 'unknown';
			}
			const inner = bare.args[0];
			return ['sort', 'sort_desc', 'label_replace', 'label_join', 'abs'].includes(bare.name) && inner
				? unitOf(inner)
				: 'unknown';
		}
		case 'binary': {
			if (isSetOp(bare.op)) return unitOf(bare.left);
			if (isComparison(bare.op) && !bare.returnBool)
				return unitOf(typeOf(bare.left) === 'scalar' ? bare.right : bare.left);
			if (bare.op === '+' || bare.op === '-') {
				const [left, right] = [unitOf(bare.left), unitOf(bare.right)];
				return left === right ? left : 'unknown';
			}
			return 'unknown';
		}
		default:
			return 'unknown';
	}
}

/** The number that an expression of numbers alone comes to. */
export function constantOf(expr: Expr): number | undefined {
	const bare = unparen(expr);
	switch (bare.type) {
		case 'number':
			return bare.value;
		case 'unary': {
			const inner = constantOf(bare.expr);
			return inner === undefined || bare.op === '+' ? inner : -inner;
		}
		case 'binary': {
			const [left, right] = [constantOf(bare.left), constantOf(bare.right)];
			if (left === undefined || right === undefined) return undefined;
			switch (bare.op) {
				case '+':
					return left + right;
				case '-':
					return left - right;
				case '*':
					return left * right;
				case '/':
					return left / right;
				case '^':
					return left ** right;
				default:
					return undefined;
			}
		}
		default:
			return undefined;
	}
}
