/** What the binary operators do to two numbers. */
import type { ArithmeticOp, BinaryOp, ComparisonOp } from '../syntax/ast.ts';
import { modulo, power } from './numeric.ts';

const arithmetic: Readonly<Record<ArithmeticOp, (a: number, b: number) => number>> = {
	'+': (a, b) => a + b,
	'-': (a, b) => a - b,
	'*': (a, b) => a * b,
	'/': (a, b) => a / b,
	'%': modulo,
	'^': power,
	atan2: Math.atan2
};

const comparison: Readonly<Record<ComparisonOp, (a: number, b: number) => boolean>> = {
	'==': (a, b) => a === b,
	'!=': (a, b) => a !== b,
	'<': (a, b) => a < b,
	'<=': (a, b) => a <= b,
	'>': (a, b) => a > b,
	'>=': (a, b) => a >= b
};

/** Arithmetic as it is; a comparison as 1 or 0. */
export function calculate(op: BinaryOp): (a: number, b: number) => number {
	if (op in arithmetic) return arithmetic[op as ArithmeticOp];
	const compare = comparison[op as ComparisonOp];
	return (a, b) => (compare(a, b) ? 1 : 0);
}

export function comparator(op: ComparisonOp): (a: number, b: number) => boolean {
	return comparison[op];
}
