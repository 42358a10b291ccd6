import type { Query } from './query.ts';
import { attempt, type Result } from './result.ts';
import type { Matcher } from './series.ts';
import { Parser } from './syntax/parser.ts';
import { checkTypes } from './syntax/types.ts';

/** Longest query text that is read at all, in characters. */
const maxQueryLength = 200_000;

/** Parses and type-checks a query. A refusal says what was expected and where. */
export function parse(text: string): Result<Query> {
	if (text.length > maxQueryLength) {
		return {
			ok: false,
			error: {
				code: 'limit',
				message: `query is longer than ${maxQueryLength} characters`,
				position: { start: 0, end: 0, line: 1, column: 1 }
			}
		};
	}
	return attempt(text, () => {
		const root = new Parser(text).parseQuery();
		checkTypes(root);
		return { text, root };
	});
}

/** Parses a series selector such as `up{job="a"}`, as `match[]` parameters are written. */
export function parseSelector(text: string): Result<readonly Matcher[]> {
	return attempt(text, () => {
		const selector = new Parser(text).parseSelector();
		checkTypes(selector);
		return selector.matchers;
	});
}
