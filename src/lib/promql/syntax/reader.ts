/** The tokens of a query, one ahead, and what every part of the grammar reads of them. */
import { PromqlFailure } from '../result.ts';
import type { DurationExpr } from './ast.ts';
import { Lexer, type LexerMode } from './lexer.ts';
import { parseDurationMs, parseNumber, unquote } from './literal.ts';
import { describe, type Token } from './token.ts';

export class Reader {
	private readonly lexer: Lexer;
	private token: Token;
	/** Where the token before the current one ended. */
	lastEnd = 0;

	constructor(readonly text: string) {
		this.lexer = new Lexer(text);
		this.token = this.lexer.next('expr');
	}

	peek(): Token {
		return this.token;
	}

	advance(mode: LexerMode = 'expr'): Token {
		const token = this.token;
		this.lastEnd = token.end;
		this.token = this.lexer.next(mode);
		return token;
	}

	isSymbol(symbol: string): boolean {
		return this.token.kind === 'symbol' && this.token.text === symbol;
	}

	isWord(word: string): boolean {
		return this.token.kind === 'identifier' && this.token.text.toLowerCase() === word;
	}

	expectSymbol(symbol: string, mode: LexerMode = 'expr', context = ''): Token {
		if (!this.isSymbol(symbol)) throw this.unexpected(`"${symbol}"`, context);
		return this.advance(mode);
	}

	unexpected(expected: string, context = ''): PromqlFailure {
		return this.failure(`unexpected ${describe(this.token)}${context ? ` in ${context}` : ''}, expected ${expected}`);
	}

	failure(message: string): PromqlFailure {
		return new PromqlFailure('parse', message, this.token.start, Math.max(this.token.end, this.token.start));
	}

	/** Whether one of these characters comes next after the current token. */
	followedBy(characters: string): boolean {
		return characters.includes(/^\s*(.)/.exec(this.text.slice(this.token.end, this.token.end + 64))?.[1] ?? ' ');
	}

	refuse(message: string, start: number): PromqlFailure {
		return new PromqlFailure('parse', message, start, this.lastEnd);
	}

	signedNumber(context: string): number {
		let sign = 1;
		if (this.isSymbol('-') || this.isSymbol('+')) sign = this.advance().text === '-' ? -1 : 1;
		const value = this.numberValue();
		if (value === undefined) throw this.unexpected('a number or duration', context);
		this.advance();
		return sign * value;
	}

	/** The number the current token stands for; durations count in seconds. */
	numberValue(): number | undefined {
		const { kind, text } = this.token;
		if (kind === 'number') return parseNumber(text);
		if (kind === 'duration') {
			const ms = parseDurationMs(text);
			if (ms === undefined) throw this.failure(`not a valid duration: "${text}"`);
			return ms / 1000;
		}
		if (kind === 'identifier' && /^(inf|nan)$/i.test(text)) return parseNumber(text);
		return undefined;
	}

	/** Label names in parentheses, as `by`, `on` and `group_left` take them. */
	groupingLabels(): readonly string[] {
		this.expectSymbol('(', 'expr', 'grouping');
		const labels: string[] = [];
		while (!this.isSymbol(')')) {
			if (this.token.kind === 'string') labels.push(this.stringValue());
			else if (this.token.kind === 'identifier' && !this.token.text.includes(':')) labels.push(this.advance().text);
			else throw this.unexpected('a label name', 'grouping');
			if (this.isSymbol(',')) this.advance();
			else if (!this.isSymbol(')')) throw this.unexpected('"," or ")"', 'grouping');
		}
		this.advance();
		return labels;
	}

	/** The value of the string that stands here. */
	stringValue(mode: LexerMode = 'expr'): string {
		const value = unquote(this.token.text);
		if (!value.ok) throw this.failure(value.message);
		this.advance(mode);
		return value.value;
	}

	/** A number or duration where one stands, as seconds. */
	durationLiteral(mode: LexerMode): DurationExpr | undefined {
		const { start, end } = this.token;
		const seconds = this.numberValue();
		if (seconds === undefined) return undefined;
		this.advance(mode);
		return { type: 'seconds', seconds, start, end };
	}
}
