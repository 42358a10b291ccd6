/** Writes a tree back as text: the same text for the same meaning, which is what makes two expressions one. */
import { exhaustive } from '../exhaustive.ts';
import type { AtModifier, DurationExpr, Expr, Selector, Subquery } from './ast.ts';
import { formatDurationMs, formatNumber, quote } from './literal.ts';

const plainLabel = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const plainMetric = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

const label = (name: string) => (plainLabel.test(name) ? name : quote(name));
const labelList = (names: readonly string[]) => `(${names.map(label).join(', ')})`;

function duration(expr: DurationExpr): string {
	switch (expr.type) {
		case 'seconds':
			return formatDurationMs(expr.seconds * 1000);
		case 'step':
			return 'step()';
		case 'range':
			return 'range()';
		case 'negate':
			return `-(${duration(expr.operand)})`;
		case 'arithmetic':
			return expr.op === 'min' || expr.op === 'max'
				? `${expr.op}(${duration(expr.left)}, ${duration(expr.right)})`
				: `(${duration(expr.left)} ${expr.op} ${duration(expr.right)})`;
	}
}

function modifiers(node: { readonly at: AtModifier | undefined; readonly offset: DurationExpr | undefined }): string {
	const at = !node.at
		? ''
		: node.at.type === 'time'
			? ` @ ${(node.at.timeMs / 1000).toFixed(3)}`
			: ` @ ${node.at.type}()`;
	return `${at}${node.offset ? ` offset ${duration(node.offset)}` : ''}`;
}

function selector(node: Selector, range: string): string {
	const { name } = node;
	const bare = name !== undefined && plainMetric.test(name);
	const matchers = node.matchers
		.filter((matcher) => name === undefined || matcher.name !== '__name__')
		.map((matcher) => `${label(matcher.name)}${matcher.op}${quote(matcher.value)}`);
	if (name !== undefined && !bare) matchers.unshift(quote(name));
	const braces = matchers.length > 0 || name === undefined ? `{${matchers.join(',')}}` : '';
	return `${bare ? name : ''}${braces}${range}${node.bounds ? ` ${node.bounds}` : ''}${modifiers(node)}`;
}

function subquery(node: Subquery): string {
	return `${print(node.expr)}[${duration(node.range)}:${node.step ? duration(node.step) : ''}]${modifiers(node)}`;
}

/** The expression as text, in one spacing and with all defaults left out. */
export function print(expr: Expr): string {
	switch (expr.type) {
		case 'number':
			return formatNumber(expr.value);
		case 'string':
			return quote(expr.value);
		case 'selector':
			return selector(expr, '');
		case 'matrix':
			return selector(expr.selector, `[${duration(expr.range)}]`);
		case 'subquery':
			return subquery(expr);
		case 'paren':
			return `(${print(expr.expr)})`;
		case 'unary':
			return `${expr.op}${print(expr.expr)}`;
		case 'aggregation': {
			const grouping =
				expr.without || expr.grouping.length > 0
					? ` ${expr.without ? 'without' : 'by'} ${labelList(expr.grouping)} `
					: '';
			return `${expr.op}${grouping}(${expr.parameter ? `${print(expr.parameter)}, ` : ''}${print(expr.expr)})`;
		}
		case 'call':
			return `${expr.name}(${expr.args.map(print).join(', ')})`;
		case 'binary': {
			const { matching } = expr;
			let middle = expr.op + (expr.returnBool ? ' bool' : '');
			if (
				matching.on ||
				matching.labels.length > 0 ||
				matching.card === 'many-to-one' ||
				matching.card === 'one-to-many'
			) {
				middle += ` ${matching.on ? 'on' : 'ignoring'} ${labelList(matching.labels)}`;
				if (matching.card === 'many-to-one') middle += ` group_left ${labelList(matching.include)}`;
				if (matching.card === 'one-to-many') middle += ` group_right ${labelList(matching.include)}`;
			}
			if (matching.fillLeft !== undefined) middle += ` fill_left (${formatNumber(matching.fillLeft)})`;
			if (matching.fillRight !== undefined) middle += ` fill_right (${formatNumber(matching.fillRight)})`;
			return `${print(expr.left)} ${middle} ${print(expr.right)}`;
		}
		default:
			return exhaustive(expr);
	}
}
