/** Cuts a template into text and actions, and actions into tokens. */
import { PromqlFailure } from '../result.ts';
import { unquote } from '../syntax/literal.ts';
import type { TemplateValue } from './value.ts';

export type ActionToken = { readonly start: number; readonly end: number; readonly spaceBefore: boolean } & (
	| { readonly kind: 'word' | 'variable' | 'field' | 'symbol'; readonly text: string }
	| { readonly kind: 'literal'; readonly value: TemplateValue; readonly text: string }
);

export type Piece =
	| { readonly type: 'text'; readonly text: string; readonly start: number; readonly end: number }
	| { readonly type: 'action'; readonly tokens: readonly ActionToken[]; readonly start: number; readonly end: number };

export function failure(message: string, start: number, end: number): PromqlFailure {
	return new PromqlFailure('template', message, start, end);
}

/** `{{-` and `-}}` take the white space beside them away; comments leave nothing. */
export function cut(text: string): Piece[] {
	const pieces: Piece[] = [];
	let at = 0;
	let trimNext = false;
	for (;;) {
		const open = text.indexOf('{{', at);
		const end = open < 0 ? text.length : open;
		let plain = text.slice(at, end);
		if (trimNext) plain = plain.replace(/^[ \t\r\n]+/, '');
		const trimsLeft = open >= 0 && /^-[ \t\r\n]/.test(text.slice(open + 2, open + 4));
		if (trimsLeft) plain = plain.replace(/[ \t\r\n]+$/, '');
		if (plain !== '') pieces.push({ type: 'text', text: plain, start: at, end });
		if (open < 0) return pieces;
		const start = open + (trimsLeft ? 3 : 2);
		const comment = /^\s*\/\*[\s\S]*?\*\/(\s-)?\s*\}\}/.exec(text.slice(start));
		if (comment) {
			trimNext = comment[1] !== undefined;
			at = start + comment[0].length;
			continue;
		}
		const { tokens, close, trims } = tokenize(text, start, open);
		pieces.push({ type: 'action', tokens, start: open, end: close });
		trimNext = trims;
		at = close;
	}
}

const word = /[A-Za-z_][A-Za-z0-9_]*/y;
const variable = /\$[A-Za-z0-9_]*/y;
const field = /\.[A-Za-z_][A-Za-z0-9_]*/y;
const numeral = /[+-]?(?:0[xX][0-9a-fA-F_]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/y;
const quoted = /"(?:[^"\\\n]|\\.)*"|`[^`]*`/y;
const character = /'(?:[^'\\\n]|\\.)+'/y;
const symbol = /:=|[|(),.=]/y;

function match(pattern: RegExp, text: string, at: number): string | undefined {
	pattern.lastIndex = at;
	return pattern.exec(text)?.[0];
}

function tokenize(text: string, from: number, open: number): { tokens: ActionToken[]; close: number; trims: boolean } {
	const tokens: ActionToken[] = [];
	let at = from;
	for (;;) {
		const before = at;
		while (/[ \t\r\n]/.test(text.charAt(at))) at += 1;
		const spaceBefore = at > before;
		if (text.startsWith('}}', at)) return { tokens, close: at + 2, trims: false };
		if (spaceBefore && text.startsWith('-}}', at)) return { tokens, close: at + 3, trims: true };
		if (at >= text.length) throw failure('unclosed action', open, text.length);
		const token = one(text, at, spaceBefore);
		tokens.push(token);
		at = token.end;
	}
}

function one(text: string, start: number, spaceBefore: boolean): ActionToken {
	const make = (kind: 'word' | 'variable' | 'field' | 'symbol', found: string): ActionToken => ({
		kind,
		text: found,
		start,
		end: start + found.length,
		spaceBefore
	});
	const literal = (found: string, value: TemplateValue): ActionToken => ({
		kind: 'literal',
		text: found,
		value,
		start,
		end: start + found.length,
		spaceBefore
	});
	const string = match(quoted, text, start);
	if (string !== undefined) {
		const value = unquote(string);
		if (!value.ok) throw failure(value.message, start, start + string.length);
		return literal(string, value.value);
	}
	const rune = match(character, text, start);
	if (rune !== undefined) {
		const value = unquote(rune);
		if (!value.ok) throw failure(value.message, start, start + rune.length);
		return literal(rune, BigInt(value.value.codePointAt(0) ?? 0));
	}
	const name = match(word, text, start);
	if (name !== undefined) return make('word', name);
	const dollar = match(variable, text, start);
	if (dollar !== undefined) return make('variable', dollar);
	const access = match(field, text, start);
	if (access !== undefined) return make('field', access);
	const number = match(numeral, text, start);
	if (number !== undefined) return literal(number, numberOf(number, start));
	const sign = match(symbol, text, start);
	if (sign !== undefined) return make('symbol', sign);
	if (text.startsWith('"', start)) throw failure('unterminated quoted string', start, text.length);
	if (text.startsWith('`', start)) throw failure('unterminated raw quoted string', start, text.length);
	throw failure(`unexpected ${JSON.stringify(text.charAt(start))} in command`, start, start + 1);
}

/** Without a point or exponent a numeral is an integer. */
function numberOf(text: string, start: number): TemplateValue {
	const plain = text.replaceAll('_', '');
	if (/^[+-]?(0[xX][0-9a-fA-F]+|\d+)$/.test(plain)) {
		const negative = plain.startsWith('-');
		const size = BigInt(plain.replace(/^[+-]/, ''));
		return negative ? -size : size;
	}
	const value = Number(plain);
	if (Number.isNaN(value)) throw failure(`bad number syntax: ${JSON.stringify(text)}`, start, start + text.length);
	return value;
}
