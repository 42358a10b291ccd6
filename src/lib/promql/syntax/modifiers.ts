/** What follows an operand and binds to it alone: `[…]`, `offset`, `@`, `anchored`, `smoothed`. */
import { PromqlFailure } from '../result.ts';
import type { AtModifier, Expr, Selector, Subquery } from './ast.ts';
import { parseDurationExpr } from './duration.ts';
import type { Reader } from './reader.ts';

/** Reads all modifiers of an operand. */
export function parseModifiers(reader: Reader, operand: Expr): Expr {
	let expr = operand;
	for (;;) {
		if (reader.isSymbol('[')) expr = parseRange(reader, expr);
		else if (reader.isWord('offset')) expr = parseOffset(reader, expr);
		else if (reader.isSymbol('@')) expr = parseAt(reader, expr);
		else if (reader.isWord('anchored') || reader.isWord('smoothed')) expr = parseBounds(reader, expr);
		else return expr;
	}
}

function parseRange(reader: Reader, expr: Expr): Expr {
	const open = reader.advance('brackets');
	const range = parseDurationExpr(reader, 'brackets', true);
	if (reader.isSymbol(':')) {
		reader.advance('brackets');
		const step = reader.isSymbol(']') ? undefined : parseDurationExpr(reader, 'brackets', true);
		reader.expectSymbol(']', 'expr', 'subquery selector');
		return {
			type: 'subquery',
			expr,
			range,
			step,
			offset: undefined,
			at: undefined,
			start: expr.start,
			end: reader.lastEnd
		};
	}
	if (!reader.isSymbol(']')) throw reader.unexpected('":" or "]"', 'subquery or range selector');
	reader.advance();
	const refuse = (message: string) => new PromqlFailure('parse', message, open.start, reader.lastEnd);
	if (expr.type !== 'selector') throw refuse('ranges only allowed for vector selectors');
	if (expr.offset) throw refuse('no offset modifiers allowed before range');
	if (expr.at) throw refuse('no @ modifiers allowed before range');
	if (expr.bounds) throw refuse(`no ${expr.bounds} modifiers allowed before range`);
	return { type: 'matrix', selector: expr, range, start: expr.start, end: reader.lastEnd };
}

function parseOffset(reader: Reader, expr: Expr): Expr {
	reader.advance();
	const offset = parseDurationExpr(reader, 'expr', false);
	return modify(reader, expr, 'offset', (target) => {
		if (target.offset)
			throw new PromqlFailure('parse', 'offset may not be set multiple times', target.start, reader.lastEnd);
		return { ...target, offset };
	});
}

function parseAt(reader: Reader, expr: Expr): Expr {
	reader.advance();
	const at = atValue(reader);
	return modify(reader, expr, '@', (target) => {
		if (target.at)
			throw new PromqlFailure('parse', '@ <timestamp> may not be set multiple times', target.start, reader.lastEnd);
		return { ...target, at };
	});
}

function atValue(reader: Reader): AtModifier {
	for (const type of ['start', 'end'] as const) {
		if (!reader.isWord(type)) continue;
		reader.advance();
		reader.expectSymbol('(', 'expr', '@');
		reader.expectSymbol(')', 'expr', '@');
		return { type };
	}
	const { start } = reader.peek();
	const seconds = reader.signedNumber('@');
	if (!Number.isFinite(seconds) || Math.abs(seconds) > 9.2e15)
		throw new PromqlFailure('parse', `timestamp out of bounds for @ modifier: ${seconds}`, start, reader.lastEnd);
	return { type: 'time', timeMs: Math.round(seconds * 1000) };
}

function parseBounds(reader: Reader, expr: Expr): Expr {
	const word = reader.advance().text.toLowerCase() === 'anchored' ? ('anchored' as const) : ('smoothed' as const);
	const target = expr.type === 'matrix' ? expr.selector : expr;
	if (target.type !== 'selector')
		throw new PromqlFailure('parse', `${word} modifier not implemented for ${expr.type}`, expr.start, reader.lastEnd);
	if (target.bounds)
		throw new PromqlFailure(
			'parse',
			'anchored and smoothed modifiers cannot be used together',
			expr.start,
			reader.lastEnd
		);
	const selector: Selector = { ...target, bounds: word };
	return expr.type === 'matrix' ? { ...expr, selector, end: reader.lastEnd } : { ...selector, end: reader.lastEnd };
}

/** Sets a modifier on the selector or subquery it follows. */
function modify(
	reader: Reader,
	expr: Expr,
	name: string,
	change: <T extends Selector | Subquery>(target: T) => T
): Expr {
	if (expr.type === 'selector') return { ...change(expr), end: reader.lastEnd };
	if (expr.type === 'subquery') return { ...change(expr), end: reader.lastEnd };
	if (expr.type === 'matrix') return { ...expr, selector: change(expr.selector), end: reader.lastEnd };
	throw new PromqlFailure(
		'parse',
		`${name} modifier must be preceded by an instant vector selector or range vector selector or a subquery`,
		expr.start,
		reader.lastEnd
	);
}
