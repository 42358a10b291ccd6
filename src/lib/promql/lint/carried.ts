/** Which labels the result of an expression can carry, as far as the expression itself tells. */
import { exhaustive } from '../exhaustive.ts';
import { isSetOp, unparen, type Binary, type Call, type Expr, type Selector } from '../syntax/ast.ts';
import { typeOf } from '../syntax/types.ts';
import type { KnownMetrics } from './known.ts';
import { nameOf } from './walk.ts';

export interface Carried {
	/** Whether labels beside `names` are possible. */
	readonly open: boolean;
	readonly names: ReadonlySet<string>;
	/** Labels that are surely gone, though others are possible. */
	readonly gone: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();
const nothing: Carried = { open: false, names: none, gone: none };

export function canCarry(carried: Carried, label: string): boolean {
	return !carried.gone.has(label) && (carried.open || carried.names.has(label));
}

export function carriedBy(expr: Expr, known: KnownMetrics | undefined): Carried {
	switch (expr.type) {
		case 'number':
		case 'string':
			return nothing;
		case 'selector':
			return ofSelector(expr, known);
		case 'matrix':
			return ofSelector(expr.selector, known);
		case 'subquery':
		case 'paren':
		case 'unary':
			return carriedBy(expr.expr, known);
		case 'aggregation': {
			const inner = carriedBy(expr.expr, known);
			if (expr.op === 'topk' || expr.op === 'bottomk' || expr.op === 'limitk' || expr.op === 'limit_ratio')
				return inner;
			const grouped = expr.without
				? without(inner, expr.grouping)
				: only(expr.grouping.filter((label) => canCarry(inner, label)));
			const counted = expr.parameter && unparen(expr.parameter);
			return counted?.type === 'string' ? withLabels(grouped, [counted.value]) : grouped;
		}
		case 'binary':
			return ofBinary(expr, known);
		case 'call':
			return ofCall(expr, known);
		default:
			return exhaustive(expr);
	}
}

function ofSelector(selector: Selector, known: KnownMetrics | undefined): Carried {
	const name = nameOf(selector);
	const labels = name === undefined ? undefined : known?.labels(name);
	const asked = selector.matchers.filter(({ op, value }) => op === '=' && value !== '').map((matcher) => matcher.name);
	const absent = selector.matchers.filter(({ op, value }) => op === '=' && value === '').map((matcher) => matcher.name);
	return { open: labels === undefined, names: new Set([...(labels ?? []), ...asked]), gone: new Set(absent) };
}

function ofBinary(expr: Binary, known: KnownMetrics | undefined): Carried {
	const scalars = [expr.left, expr.right].map((side) => typeOf(side) === 'scalar');
	const [left, right] = [carriedBy(expr.left, known), carriedBy(expr.right, known)];
	if (scalars[0]) return right;
	if (scalars[1]) return left;
	if (isSetOp(expr.op)) return expr.op === 'or' ? either(left, right) : left;
	const { card, on, labels, include } = expr.matching;
	if (card === 'many-to-one') return withLabels(left, include);
	if (card === 'one-to-many') return withLabels(right, include);
	return on ? only(labels.filter((label) => canCarry(left, label))) : without(left, labels);
}

function ofCall(call: Call, known: KnownMetrics | undefined): Carried {
	const texts = call.args.map(unparen).flatMap((arg) => (arg.type === 'string' ? [arg.value] : []));
	const inner = call.args.find((arg) => typeOf(arg) === 'vector' || typeOf(arg) === 'matrix');
	switch (call.name) {
		case 'absent':
		case 'absent_over_time': {
			const bare = inner && unparen(inner);
			const selector = bare?.type === 'matrix' ? bare.selector : bare;
			if (selector?.type !== 'selector') return nothing;
			// Only what was asked for exactly can be said of what is not there.
			const asked = selector.matchers.filter(
				({ name, op, value }) => name !== '__name__' && op === '=' && value !== ''
			);
			return only(asked.map(({ name }) => name));
		}
		case 'label_replace':
		case 'label_join':
			return inner ? withLabels(carriedBy(inner, known), texts.slice(0, 1)) : nothing;
		case 'histogram_quantile':
		case 'histogram_fraction':
			return inner ? without(carriedBy(inner, known), ['le']) : nothing;
		case 'histogram_quantiles':
			return inner ? withLabels(without(carriedBy(inner, known), ['le']), texts.slice(0, 1)) : nothing;
		case 'info':
			return inner ? { ...carriedBy(inner, known), open: true } : nothing;
		case 'scalar':
			return nothing;
		default:
			return inner ? carriedBy(inner, known) : nothing;
	}
}

function only(labels: readonly string[]): Carried {
	return { open: false, names: new Set(labels), gone: none };
}

function without(carried: Carried, labels: readonly string[]): Carried {
	const names = new Set([...carried.names].filter((name) => !labels.includes(name)));
	return { open: carried.open, names, gone: new Set([...carried.gone, ...labels]) };
}

function withLabels(carried: Carried, labels: readonly string[]): Carried {
	const gone = new Set([...carried.gone].filter((name) => !labels.includes(name)));
	return { open: carried.open, names: new Set([...carried.names, ...labels]), gone };
}

function either(a: Carried, b: Carried): Carried {
	const gone = [...a.gone, ...b.gone].filter((label) => !canCarry(a, label) && !canCarry(b, label));
	return { open: a.open || b.open, names: new Set([...a.names, ...b.names]), gone: new Set(gone) };
}
