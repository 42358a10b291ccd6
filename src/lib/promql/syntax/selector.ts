/** Series selectors: a metric name, conditions on labels in braces, or both. */
import { createMatcher } from '../matcher.ts';
import type { Matcher, MatchOp } from '../series.ts';
import type { Selector } from './ast.ts';
import { quote } from './literal.ts';
import type { Reader } from './reader.ts';

const operators: readonly string[] = ['=', '!=', '=~', '!~'] satisfies MatchOp[];

/** Reads a selector whose name, where it has one, was read already. */
export function parseSelectorFrom(reader: Reader, name: string | undefined, start: number): Selector {
	const matchers: Matcher[] = [];
	let named = name;
	const twice = (other: string) =>
		reader.refuse(`metric name must not be set twice: ${quote(named ?? '')} or ${quote(other)}`, start);
	if (reader.isSymbol('{')) {
		reader.advance('braces');
		while (!reader.isSymbol('}')) {
			const matcher = parseMatcher(reader);
			if (typeof matcher !== 'string') matchers.push(matcher);
			else if (named !== undefined) throw twice(matcher);
			else named = matcher;
			if (reader.isSymbol(',')) reader.advance('braces');
			else if (!reader.isSymbol('}')) throw reader.unexpected('"," or "}"', 'label matching');
		}
		reader.advance();
	}
	if (named !== undefined) {
		const other = matchers.find((matcher) => matcher.name === '__name__');
		if (other) throw twice(other.value);
		matchers.unshift(createMatcher('__name__', '=', named));
	}
	const { lastEnd: end } = reader;
	return { type: 'selector', name: named, matchers, offset: undefined, at: undefined, bounds: undefined, start, end };
}

/** One condition between braces; a quoted string alone is a metric name. */
function parseMatcher(reader: Reader): Matcher | string {
	const { start, kind } = reader.peek();
	let name: string;
	if (kind === 'identifier') name = reader.advance('braces').text;
	else if (kind === 'string') name = reader.stringValue('braces');
	else throw reader.unexpected('a label name or "}"', 'label matching');
	const op = reader.peek();
	if (op.kind !== 'symbol' || !operators.includes(op.text)) {
		if (kind === 'string') return name;
		throw reader.unexpected('one of "=", "!=", "=~", "!~"', 'label matching');
	}
	reader.advance('braces');
	if (reader.peek().kind !== 'string') throw reader.unexpected('a string', 'label matching');
	const value = reader.stringValue('braces');
	return createMatcher(name, op.text as MatchOp, value, start, reader.lastEnd);
}
