/**
 * Cuts a query into tokens, one at a time. What a character means depends on where it stands, so the parser says
 * which of three places it is in: `expr`, between `braces`, or in the `brackets` of a range.
 */
import { PromqlFailure } from '../result.ts';
import type { Token, TokenKind } from './token.ts';

export type LexerMode = 'expr' | 'braces' | 'brackets';

const isSpace = (c: string) => c === ' ' || c === '\t' || c === '\n' || c === '\r';
const isDigit = (c: string) => c >= '0' && c <= '9';
const isAlpha = (c: string) => (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c === '_';
const isWord = (c: string) => isAlpha(c) || isDigit(c);

const symbols: Readonly<Record<LexerMode, readonly string[]>> = {
	expr: [
		'==',
		'!=',
		'<=',
		'>=',
		'<',
		'>',
		'+',
		'-',
		'*',
		'/',
		'%',
		'^',
		'(',
		')',
		'{',
		'}',
		'[',
		']',
		',',
		'@',
		'=',
		':'
	],
	braces: ['=~', '!~', '!=', '=', ',', '}', '{'],
	brackets: [']', '[', ':', '(', ')', '+', '-', '*', '/', '%', '^', ',']
};

/** A number as Go reads it: underscores between digits, hexadecimal, decimal with exponent. */
const number =
	/(?:0[xX]_?[0-9a-fA-F](?:_?[0-9a-fA-F])*|(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?)/y;
const duration = /(?:\d+(?:ms|[smhdwy]))+/y;

export class Lexer {
	private at = 0;

	constructor(readonly text: string) {}

	/** The next token; the one of kind `end` stays the last. */
	next(mode: LexerMode): Token {
		this.skipBlanks();
		const start = this.at;
		const c = this.text.charAt(start);
		if (c === '') return { kind: 'end', text: '', start, end: start };
		if (c === '"' || c === "'" || c === '`') return this.string(c);
		if (isDigit(c) || (c === '.' && isDigit(this.text.charAt(start + 1)))) return this.numberOrDuration();
		if (isAlpha(c) || (c === ':' && mode === 'expr')) return this.identifier(mode);
		for (const symbol of symbols[mode]) {
			if (this.text.startsWith(symbol, start)) return this.take('symbol', start + symbol.length);
		}
		const place = { expr: '', braces: ' inside braces', brackets: ' in a range' }[mode];
		throw this.failure(
			`unexpected character${place}: ${JSON.stringify(String.fromCodePoint(this.text.codePointAt(start) ?? 0))}`,
			start,
			start + 1
		);
	}

	private skipBlanks(): void {
		for (;;) {
			const c = this.text.charAt(this.at);
			if (c === '#') {
				while (this.at < this.text.length && this.text.charAt(this.at) !== '\n') this.at += 1;
			} else if (c !== '' && isSpace(c)) this.at += 1;
			else return;
		}
	}

	private take(kind: TokenKind, end: number): Token {
		const start = this.at;
		this.at = end;
		return { kind, text: this.text.slice(start, end), start, end };
	}

	private identifier(mode: LexerMode): Token {
		let end = this.at + 1;
		while (
			end < this.text.length &&
			(isWord(this.text.charAt(end)) || (mode === 'expr' && this.text.charAt(end) === ':'))
		)
			end += 1;
		return this.take('identifier', end);
	}

	private numberOrDuration(): Token {
		for (const [kind, pattern] of [
			['duration', duration],
			['number', number]
		] as const) {
			pattern.lastIndex = this.at;
			const found = pattern.exec(this.text);
			if (!found) continue;
			const end = this.at + found[0].length;
			const after = this.text.charAt(end);
			if (!isWord(after) && after !== '.') return this.take(kind, end);
		}
		let end = this.at;
		while (end < this.text.length && (isWord(this.text.charAt(end)) || this.text.charAt(end) === '.')) end += 1;
		throw this.failure(`bad number or duration: "${this.text.slice(this.at, end)}"`, this.at, end);
	}

	private string(quote: string): Token {
		for (let end = this.at + 1; end < this.text.length; end += 1) {
			const c = this.text.charAt(end);
			if (c === quote) return this.take('string', end + 1);
			if (quote === '`') continue;
			if (c === '\n') break;
			if (c === '\\') end += 1;
		}
		throw this.failure(
			quote === '`' ? 'unterminated raw string' : 'unterminated quoted string',
			this.at,
			this.text.length
		);
	}

	private failure(message: string, start: number, end: number): PromqlFailure {
		return new PromqlFailure('parse', message, start, end);
	}
}
