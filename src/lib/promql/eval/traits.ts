/** What of an expression decides how long its value holds. */
import { exhaustive } from '../exhaustive.ts';
import { unparen, type Call, type Expr, type Selector } from '../syntax/ast.ts';
import { dateFunctions } from './mathFunction.ts';

export interface Traits {
	/** The same at every moment of a query. */
	readonly constant: boolean;
	/** May change between two rules of one tick. */
	readonly volatile: boolean;
}

export function traitsOf(expr: Expr, isVolatile: (selector: Selector) => boolean): Traits {
	const of = (one: Expr) => traitsOf(one, isVolatile);
	switch (expr.type) {
		case 'number':
		case 'string':
			return { constant: true, volatile: false };
		case 'selector':
			return { constant: expr.at !== undefined, volatile: isVolatile(expr) };
		case 'matrix':
			return of(expr.selector);
		case 'subquery':
			return { constant: expr.at !== undefined, volatile: of(expr.expr).volatile };
		case 'paren':
		case 'unary':
			return of(expr.expr);
		case 'aggregation':
			return both([expr.expr, ...(expr.parameter ? [expr.parameter] : [])].map((one) => of(one)));
		case 'binary':
			return both([of(expr.left), of(expr.right)]);
		case 'call': {
			const inner = both(expr.args.map((arg) => of(arg)));
			return { constant: inner.constant && !readsClock(expr), volatile: inner.volatile || expr.name === 'info' };
		}
		default:
			return exhaustive(expr);
	}
}

/** Whether a call has another answer at another moment though its arguments are the same. */
function readsClock(call: Call): boolean {
	if (call.name === 'timestamp') return call.args[0] !== undefined && unparen(call.args[0]).type !== 'selector';
	return (
		call.name === 'time' ||
		call.name === 'predict_linear' ||
		call.name === 'info' ||
		(call.args.length === 0 && Object.hasOwn(dateFunctions, call.name))
	);
}

function both(traits: readonly Traits[]): Traits {
	return { constant: traits.every((one) => one.constant), volatile: traits.some((one) => one.volatile) };
}
