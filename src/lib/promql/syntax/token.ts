/** What the lexer hands to the parser. */
export type TokenKind = 'identifier' | 'number' | 'duration' | 'string' | 'symbol' | 'end';

export interface Token {
	readonly kind: TokenKind;
	/** As written; for strings including the quotes. */
	readonly text: string;
	readonly start: number;
	readonly end: number;
}

/** A token as an error message shows it. */
export function describe(token: Token): string {
	if (token.kind === 'end') return 'end of input';
	const text = token.text.length > 40 ? `${token.text.slice(0, 40)}…` : token.text;
	return token.kind === 'symbol' ? `"${text}"` : `${token.kind} ${token.kind === 'string' ? text : `"${text}"`}`;
}
