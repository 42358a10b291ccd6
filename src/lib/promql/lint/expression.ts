/** Expressions that are read without complaint and still do not do what they look like. */
import { isComparison, unparen, type BinaryOp, type Call, type Expr, type Selector } from '../syntax/ast.ts';
import { constantSeconds } from '../syntax/duration.ts';
import { formatDurationMs, formatNumber } from '../syntax/literal.ts';
import { print } from '../syntax/print.ts';
import type { KnownMetrics, Remark } from './known.ts';
import { constantOf, unitOf } from './unit.ts';
import { childrenOf, each, nameOf } from './walk.ts';

type Place = { readonly start: number; readonly end: number };
type Found = Omit<Remark, 'field'>;

/** Functions that need two samples to say anything. */
const ofTwo = new Set(['rate', 'irate', 'increase', 'delta', 'idelta', 'deriv', 'predict_linear']);
const ofCounters = new Set(['rate', 'irate', 'increase', 'resets']);

const found = (code: string, message: string, { start, end }: Place): Found => ({ code, message, start, end });

/** `scrapeIntervalMs` is how often samples are taken. */
export function lintExpression(root: Expr, scrapeIntervalMs: number, known: KnownMetrics | undefined): Found[] {
	const remarks: Found[] = [];
	for (const expr of each(root)) {
		if (expr.type === 'binary') {
			const share = rateAsRatio(expr.left, expr.op, expr.right) ?? rateAsRatio(expr.right, expr.op, expr.left);
			if (share) remarks.push(share);
		}
		if (expr.type === 'call') remarks.push(...lintCall(expr, scrapeIntervalMs, known));
		if (expr.type === 'selector' && known) remarks.push(...unknownParts(expr, known));
	}
	return remarks;
}

/** A number per second against a number that can only be meant as a share. */
function rateAsRatio(side: Expr, op: BinaryOp, other: Expr): Found | undefined {
	if (!isComparison(op)) return undefined;
	const limit = constantOf(other);
	if (limit === undefined || !(limit > 0 && limit < 1) || unitOf(side) !== 'per second') return undefined;
	const message = `${short(side)} is a number per second, but is compared with ${formatNumber(limit)} as if it were a share: divide it by the rate of all of them`;
	const place = { start: Math.min(side.start, other.start), end: Math.max(side.end, other.end) };
	return found('rate_as_ratio', message, place);
}

function lintCall(call: Call, scrapeIntervalMs: number, known: KnownMetrics | undefined): Found[] {
	const range = call.args.map(unparen).find((arg) => arg.type === 'matrix');
	if (range?.type !== 'matrix') return [];
	const remarks: Found[] = [];
	const seconds = constantSeconds(range.range);
	if (ofTwo.has(call.name) && seconds !== undefined && seconds * 1000 < 2 * scrapeIntervalMs) {
		const message = `${call.name} needs two samples, and in ${formatDurationMs(seconds * 1000)} there is one at most: samples come every ${formatDurationMs(scrapeIntervalMs)}`;
		remarks.push(found('range_too_short', message, range));
	}
	const name = nameOf(range.selector);
	const type = name === undefined ? undefined : known?.type(name);
	if (type === 'gauge' && ofCounters.has(call.name)) {
		const message = `${name} is a gauge: ${call.name} takes every fall of it for a restart; use ${call.name === 'increase' ? 'delta' : 'deriv'}`;
		remarks.push(found('not_a_counter', message, range));
	}
	return remarks;
}

function unknownParts(selector: Selector, known: KnownMetrics): Found[] {
	const name = nameOf(selector);
	if (name === undefined) return [];
	if (!known.names.has(name)) return [found('unknown_metric', `no scenario has a metric ${name}`, selector)];
	const labels = known.labels(name);
	if (!labels) return [];
	return selector.matchers
		.filter((matcher) => matcher.name !== '__name__' && !labels.has(matcher.name) && !matcher.matches(''))
		.map((matcher) =>
			found(
				'unknown_label',
				`${name} has no label ${matcher.name}, so that this selects nothing: it has ${[...labels].sort().join(', ')}`,
				selector
			)
		);
}

/** Whether an alert has a condition. One that reads no series at all fires always, and is meant to: a watchdog. */
export function hasCondition(root: Expr): boolean {
	return filters(root) || ![...each(root)].some(({ type }) => type === 'selector');
}

/** Whether an expression leaves out what is as it should be. */
function filters(expr: Expr): boolean {
	const bare = unparen(expr);
	if (bare.type === 'selector') return nameOf(bare) === 'ALERTS';
	if (bare.type === 'call' && bare.name.startsWith('absent')) return true;
	if (bare.type !== 'binary') return childrenOf(bare).some(filters);
	if (bare.op === 'and' || bare.op === 'unless' || (isComparison(bare.op) && !bare.returnBool)) return true;
	const sides = [bare.left, bare.right];
	return bare.op === 'or' ? sides.every(filters) : sides.some(filters);
}

function short(expr: Expr): string {
	const text = print(expr);
	return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}
