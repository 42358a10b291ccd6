import { RE2JS } from 're2js';
import { PromqlFailure } from './result.ts';
import type { Matcher, MatchOp } from './series.ts';

/** Remembered answers per expression; past this many distinct values the memory starts over. */
const rememberedValues = 10_000;

/** Compiling takes time and memory in proportion. Lists of words are no patterns, and may be longer. */
const longestPattern = 10_000;

/** Compiles a pattern so that it matches whole values only, newlines included. Throws a failure where it is not RE2. */
export function compileAnchored(pattern: string, start: number, end: number): RE2JS {
	if (pattern.length > longestPattern) {
		const message = `regular expression is longer than ${longestPattern} characters: ask for less at once`;
		throw new PromqlFailure('limit', message, start, end);
	}
	try {
		return RE2JS.compile(`^(?s:${pattern})$`);
	} catch (error) {
		throw new PromqlFailure(
			'parse',
			`bad regular expression "${pattern}": ${error instanceof Error ? error.message : String(error)}`,
			start,
			end
		);
	}
}

function regularExpression(pattern: string, start: number, end: number): (value: string) => boolean {
	// Most expressions in real queries are a list of words, or anything at all.
	if (/^[\w |:/-]*$/.test(pattern)) {
		const words = new Set(pattern.split('|'));
		return (value) => words.has(value);
	}
	if (pattern === '.*') return () => true;
	if (pattern === '.+') return (value) => value !== '';
	const compiled = compileAnchored(pattern, start, end);
	const remembered = new Map<string, boolean>();
	return (value) => {
		let answer = remembered.get(value);
		if (answer === undefined) {
			answer = compiled.matches(value);
			if (remembered.size >= rememberedValues) remembered.clear();
			remembered.set(value, answer);
		}
		return answer;
	};
}

/** Makes a matcher. A regular expression is RE2 and matches whole values. Throws a failure at [start, end) where it is not one. */
export function createMatcher(name: string, op: MatchOp, value: string, start = 0, end = 0): Matcher {
	switch (op) {
		case '=':
			return { name, op, value, matches: (candidate) => candidate === value };
		case '!=':
			return { name, op, value, matches: (candidate) => candidate !== value };
		case '=~': {
			const matches = regularExpression(value, start, end);
			return { name, op, value, matches };
		}
		case '!~': {
			const matches = regularExpression(value, start, end);
			return { name, op, value, matches: (candidate) => !matches(candidate) };
		}
	}
}
