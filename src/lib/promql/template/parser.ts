/** Parses Go templates as rule files use them. */
import type { Command, Operand, Pipeline, Template, TemplateNode, Term } from './ast.ts';
import { templateFunctions } from './functionNames.ts';
import { cut, failure, type ActionToken, type Piece } from './lexer.ts';

const maxDepth = 100;

/** Parses a template. `variables` are those known from outside, without the dollar. Throws a failure with its place. */
export function parseTemplate(text: string, variables: readonly string[]): Template {
	return new TemplateParser(text, variables).parse();
}

class TemplateParser {
	private readonly pieces: readonly Piece[];
	private at = 0;
	private readonly scopes: Set<string>[];
	private readonly defined = new Map<string, readonly TemplateNode[]>();
	private depth = 0;
	private loops = 0;

	constructor(
		private readonly text: string,
		variables: readonly string[]
	) {
		this.pieces = cut(text);
		this.scopes = [new Set(['', ...variables])];
	}

	parse(): Template {
		const { nodes, ended } = this.list([]);
		if (ended) throw failure(`unexpected {{${ended.word}}}`, ended.start, ended.end);
		return { text: this.text, nodes, defined: this.defined };
	}

	/** Nodes up to one of the closing words, which is taken as well. */
	private list(closing: readonly string[]): {
		nodes: TemplateNode[];
		ended?: { word: string; tokens: Tokens; start: number; end: number };
	} {
		const nodes: TemplateNode[] = [];
		while (this.at < this.pieces.length) {
			const piece = this.pieces[this.at++] as Piece;
			if (piece.type === 'text') {
				nodes.push({ type: 'text', text: piece.text, start: piece.start, end: piece.end });
				continue;
			}
			const tokens = new Tokens(piece.tokens, piece.start, piece.end);
			const word = tokens.keyword();
			if (word === 'end' || word === 'else') {
				if (!closing.includes(word)) throw failure(`unexpected {{${word}}}`, piece.start, piece.end);
				return { nodes, ended: { word, tokens, start: piece.start, end: piece.end } };
			}
			const node = this.action(word, tokens, piece.start, piece.end);
			if (node) nodes.push(node);
		}
		if (closing.length > 0) throw failure('unexpected EOF: {{end}} is missing', this.text.length, this.text.length);
		return { nodes };
	}

	private action(word: string | undefined, tokens: Tokens, start: number, end: number): TemplateNode | undefined {
		switch (word) {
			case 'if':
			case 'with':
			case 'range':
				return this.nested(() => this.block(word, tokens, start, end));
			case 'define':
				this.define(tokens);
				return undefined;
			case 'template': {
				const name = tokens.string('template');
				return {
					type: 'template',
					name,
					pipeline: tokens.done() ? undefined : this.pipeline(tokens, false),
					start,
					end
				};
			}
			case 'block':
				throw failure('{{block}} is not supported: use {{define}} and {{template}}', start, end);
			case 'break':
			case 'continue':
				if (this.loops === 0) throw failure(`{{${word}}} outside {{range}}`, start, end);
				return { type: word, start, end };
			default: {
				if (tokens.done()) throw failure('missing value for command', start, end);
				const pipeline = this.pipeline(tokens, false);
				tokens.expectDone();
				return { type: 'action', pipeline, start, end };
			}
		}
	}

	private nested<T>(body: () => T): T {
		if ((this.depth += 1) > maxDepth) throw failure('template is nested too deeply', 0, this.text.length);
		this.scopes.push(new Set());
		const value = body();
		this.scopes.pop();
		this.depth -= 1;
		return value;
	}

	private block(type: 'if' | 'with' | 'range', tokens: Tokens, start: number, end: number): TemplateNode {
		const pipeline = this.pipeline(tokens, type === 'range');
		tokens.expectDone();
		if (type === 'range') this.loops += 1;
		const body = this.list(['end', 'else']);
		if (type === 'range') this.loops -= 1;
		let otherwise: readonly TemplateNode[] = [];
		if (body.ended?.word === 'else') {
			const { tokens: rest } = body.ended;
			const word = rest.keyword();
			if (word === 'if' || word === 'with') otherwise = [this.nested(() => this.block(word, rest, start, end))];
			else {
				rest.expectDone();
				otherwise = this.list(['end']).nodes;
			}
		}
		return { type, pipeline, body: body.nodes, otherwise, start, end };
	}

	private define(tokens: Tokens): void {
		const name = tokens.string('define');
		tokens.expectDone();
		this.defined.set(
			name,
			this.nested(() => this.list(['end']).nodes)
		);
	}

	private pipeline(tokens: Tokens, isRange: boolean): Pipeline {
		const start = tokens.start();
		const { variables, declares } = this.declaration(tokens, isRange);
		const commands: Command[] = [];
		do commands.push(this.command(tokens));
		while (tokens.take('|'));
		if (declares) for (const name of variables) this.scopes.at(-1)?.add(name);
		return { variables, declares, commands, start, end: tokens.lastEnd() };
	}

	private declaration(tokens: Tokens, isRange: boolean): { variables: string[]; declares: boolean } {
		const first = tokens.peek();
		if (first?.kind !== 'variable') return { variables: [], declares: false };
		const names = [first.text.slice(1)];
		let ahead = 1;
		if (isRange && tokens.isSymbol(',', 1)) {
			const second = tokens.peek(2);
			if (second?.kind === 'variable') {
				names.push(second.text.slice(1));
				ahead = 3;
			}
		}
		const declares = tokens.isSymbol(':=', ahead);
		if (!declares && !tokens.isSymbol('=', ahead)) return { variables: [], declares: false };
		if (!declares) for (const name of names) this.checkVariable(name, first.start, first.end);
		tokens.skip(ahead + 1);
		return { variables: names, declares };
	}

	private command(tokens: Tokens): Command {
		const start = tokens.start();
		const terms: Term[] = [];
		while (!tokens.done() && !tokens.isSymbol('|') && !tokens.isSymbol(')')) terms.push(this.term(tokens));
		if (terms.length === 0) throw failure('missing value for command', start, tokens.start());
		return { terms, start, end: tokens.lastEnd() };
	}

	private term(tokens: Tokens): Term {
		const first = tokens.next('an operand');
		const fields: string[] = [];
		const { start } = first;
		const operand = this.operand(first, tokens, fields);
		for (let token = tokens.peek(); token?.kind === 'field' && !token.spaceBefore; token = tokens.peek()) {
			fields.push(token.text.slice(1));
			tokens.skip(1);
		}
		return { operand, fields, start, end: tokens.lastEnd() };
	}

	private operand(token: ActionToken, tokens: Tokens, fields: string[]): Operand {
		const { start, end } = token;
		if (token.kind === 'literal') return { type: 'literal', value: token.value, start, end };
		if (token.kind === 'field') {
			fields.push(token.text.slice(1));
			return { type: 'dot', start, end };
		}
		if (token.kind === 'variable') {
			this.checkVariable(token.text.slice(1), start, end);
			return { type: 'variable', name: token.text.slice(1), start, end };
		}
		if (token.kind === 'word') {
			if (token.text === 'true' || token.text === 'false')
				return { type: 'literal', value: token.text === 'true', start, end };
			if (token.text === 'nil') return { type: 'literal', value: null, start, end };
			if (!templateFunctions.has(token.text))
				throw failure(`function ${JSON.stringify(token.text)} not defined`, start, end);
			return { type: 'function', name: token.text, start, end };
		}
		if (token.text === '.') return { type: 'dot', start, end };
		if (token.text === '(') {
			return this.nested(() => {
				const pipeline = this.pipeline(tokens, false);
				if (!tokens.take(')')) throw failure('unclosed left paren', start, tokens.start());
				return { type: 'pipeline', pipeline, start, end: tokens.lastEnd() };
			});
		}
		throw failure(`unexpected ${JSON.stringify(token.text)} in operand`, start, end);
	}

	private checkVariable(name: string, start: number, end: number): void {
		if (!this.scopes.some((scope) => scope.has(name))) throw failure(`undefined variable "$${name}"`, start, end);
	}
}

class Tokens {
	private at = 0;

	constructor(
		private readonly tokens: readonly ActionToken[],
		private readonly from: number,
		private readonly to: number
	) {}

	peek(ahead = 0): ActionToken | undefined {
		return this.tokens[this.at + ahead];
	}

	skip(count: number): void {
		this.at += count;
	}

	done(): boolean {
		return this.at >= this.tokens.length;
	}

	start(): number {
		return this.peek()?.start ?? this.to;
	}

	lastEnd(): number {
		return this.tokens[this.at - 1]?.end ?? this.from;
	}

	isSymbol(text: string, ahead = 0): boolean {
		const token = this.peek(ahead);
		return token?.kind === 'symbol' && token.text === text;
	}

	take(symbol: string): boolean {
		if (!this.isSymbol(symbol)) return false;
		this.at += 1;
		return true;
	}

	/** The statement's word where it begins with one that is not a function. */
	keyword(): string | undefined {
		const token = this.peek();
		if (
			token?.kind !== 'word' ||
			!['if', 'else', 'end', 'with', 'range', 'define', 'template', 'block', 'break', 'continue'].includes(token.text)
		)
			return undefined;
		this.at += 1;
		return token.text;
	}

	next(expected: string): ActionToken {
		const token = this.peek();
		if (!token) throw failure(`unexpected end of action, expected ${expected}`, this.to, this.to);
		this.at += 1;
		return token;
	}

	string(context: string): string {
		const token = this.next(`a name for {{${context}}}`);
		if (token.kind !== 'literal' || typeof token.value !== 'string')
			throw failure(`{{${context}}} needs a quoted name`, token.start, token.end);
		return token.value;
	}

	expectDone(): void {
		const token = this.peek();
		if (token) throw failure(`unexpected ${JSON.stringify(token.text)} in command`, token.start, token.end);
	}
}
