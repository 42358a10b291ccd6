import { describe, expect, it } from 'vitest';
import { parse, parseSelector } from './parse.ts';
import { print } from './syntax/print.ts';

function printed(query: string): string {
	const parsed = parse(query);
	return parsed.ok ? print(parsed.value.root) : `refused: ${parsed.error.message}`;
}

/** Every operator in parentheses, to see what binds to what. */
function bound(query: string): string {
	const parsed = parse(query);
	if (!parsed.ok) return `refused: ${parsed.error.message}`;
	const show = (expr: typeof parsed.value.root): string => {
		if (expr.type === 'binary') return `(${show(expr.left)} ${expr.op} ${show(expr.right)})`;
		if (expr.type === 'unary') return `(${expr.op}${show(expr.expr)})`;
		return print(expr);
	};
	return show(parsed.value.root);
}

describe('precedence', () => {
	it.each([
		['1 + 2 * 3', '(1 + (2 * 3))'],
		['1 - 2 - 3', '((1 - 2) - 3)'],
		['2 ^ 3 ^ 2', '(2 ^ (3 ^ 2))'],
		['-2 ^ 2', '(-(2 ^ 2))'],
		['-a * b', '((-a) * b)'],
		['-2^---1*3', '((-(2 ^ -1)) * 3)'],
		['a or b and c unless d', '(a or ((b and c) unless d))'],
		['a and b or c', '((a and b) or c)'],
		['a + b > c * 2', '((a + b) > (c * 2))'],
		['a > b == c', '((a > b) == c)'],
		['a atan2 b % c', '((a atan2 b) % c)'],
		['a + b offset 5m', '(a + b offset 5m)'],
		['-a @ 100', '(-a @ 100.000)'],
		['2 ^ a[5m:1m]', 'refused: binary expression must contain only scalar and instant vector types']
	])('of %s', (query, expected) => expect(bound(query)).toBe(expected));
});

describe('parse', () => {
	it.each([
		['SUM BY (job) (rate(up{job=~"a|b"}[5m]))', 'sum by (job) (rate(up{job=~"a|b"}[5m]))'],
		['sum(up) without (instance,)', 'sum without (instance) (up)'],
		['topk(3, up)', 'topk(3, up)'],
		['a * on (x, y) group_left (z) b', 'a * on (x, y) group_left (z) b'],
		['a > bool ignoring(x) group_right b', 'a > bool ignoring (x) group_right () b'],
		['a + fill(0) b', 'a + fill_left (0) fill_right (0) b'],
		['fill + fill', 'fill + fill'],
		['{"some.metric", "label.name"="x"}', '{"some.metric","label.name"="x"}'],
		['up{job="a",}', 'up{job="a"}'],
		["up{job='a\\'b'}", 'up{job="a\'b"}'],
		['up{job=`a\\b`}', 'up{job="a\\\\b"}'],
		['avg_over_time(up[1h:5m] @ end() offset -5m)', 'avg_over_time(up[1h:5m] @ end() offset -5m)'],
		['up[5m] @ start() offset 1w', 'up[5m] @ start() offset 1w'],
		['up offset 90', 'up offset 1m30s'],
		['rate(up[300])', 'rate(up[5m])'],
		['up[step() + 5m]', 'up[(step() + 5m)]'],
		['up[max(step(), 1m)]', 'up[max(step(), 1m)]'],
		['up offset (5m * 2)', 'up offset 10m'],
		['up > 1h', 'up > 3600'],
		['0x1F + 1_000 + .5 + 1e3 + inf', '31 + 1000 + 0.5 + 1000 + +Inf'],
		['sum', 'sum'],
		['offset + by + start', 'offset + by + start'],
		['job:rate5m:sum{le="+Inf"}', 'job:rate5m:sum{le="+Inf"}'],
		['up # and a comment\n + 1', 'up + 1'],
		['rate(up[5m] anchored)', 'rate(up[5m] anchored)']
	])('%s', (query, expected) => {
		expect(printed(query)).toBe(expected);
		// What is printed reads as what was meant.
		if (!expected.startsWith('refused') && !expected.includes('+Inf + ')) expect(printed(expected)).toBe(expected);
	});

	it.each([
		['', '1:1', 'no expression found in input'],
		['1 +', '1:4', 'unexpected end of input, expected an expression'],
		['sum(up', '1:7', 'unexpected end of input in aggregation, expected "," or ")"'],
		['rate(up[5m)', '1:11', 'unexpected ")" in subquery or range selector, expected ":" or "]"'],
		['up{job="a"', '1:11', 'unexpected end of input in label matching, expected "," or "}"'],
		['up{job}', '1:7', 'unexpected "}" in label matching, expected one of "=", "!=", "=~", "!~"'],
		['up{job=a}', '1:8', 'unexpected identifier "a" in label matching, expected a string'],
		['up{job=~"("}', '1:4', expect.stringContaining('bad regular expression "("')],
		['up\n  + foo(1)', '2:5', 'unknown function with name "foo"'],
		['up foo', '1:4', 'unexpected identifier "foo", expected an operator or the end of the query'],
		['"abc', '1:1', 'unterminated quoted string'],
		['"a\\qb"', '1:1', 'unknown escape sequence "\\q"'],
		['5m30', '1:1', 'bad number or duration: "5m30"'],
		['1m1h', '1:1', 'not a valid duration: "1m1h"'],
		['up[0s]', '1:4', 'duration must be greater than 0'],
		['up[-5m]', '1:4', 'duration must be greater than 0'],
		['sum(up)[5m]', '1:8', 'ranges only allowed for vector selectors'],
		['up offset 5m offset 5m', '1:1', 'offset may not be set multiple times'],
		['sum(up) offset 5m', '1:1', expect.stringContaining('offset modifier must be preceded by')],
		['up @ foo', '1:6', 'unexpected identifier "foo" in @, expected a number or duration'],
		['sum(up, up)', '1:1', 'wrong number of arguments for aggregate expression provided, expected 1, got 2'],
		['rate(up[5m],)', '1:13', 'trailing commas not allowed in function call args'],
		['up{__name__="x"}', '1:1', 'metric name must not be set twice: "up" or "x"'],
		['up & up', '1:4', 'unexpected character: "&"']
	])('refuses %j at %s', (query, place, message) => {
		const parsed = parse(query);
		if (parsed.ok) throw new Error('it parsed');
		const { line, column } = parsed.error.position;
		expect([`${line}:${column}`, parsed.error.message]).toEqual([place, message]);
	});
});

describe('types', () => {
	it.each([
		['rate(up)', 'expected type range vector in call to function "rate", got instant vector'],
		['abs()', 'expected 1 argument(s) in call to "abs", got 0'],
		['round(up, 1, 2)', 'expected at most 2 argument(s) in call to "round", got 3'],
		['label_join(up, "a")', 'expected at least 3 argument(s) in call to "label_join", got 2'],
		['sum(1)', 'expected type instant vector in aggregation expression, got scalar'],
		['topk("a", up)', 'expected type scalar in aggregation parameter, got string'],
		['1 > 2', 'comparisons between scalars must use BOOL modifier'],
		['up + bool up', 'bool modifier can only be used on comparison operators'],
		['up and 1', 'set operator "and" not allowed in binary scalar expression'],
		['up and on (a) group_left up', 'no grouping allowed for "and" operation'],
		['up + on (a) 1', 'vector matching only allowed between instant vectors'],
		['up + on (a) group_left (a) up', 'label "a" must not occur in ON and GROUP clause at once'],
		['up + "a"', 'binary expression must contain only scalar and instant vector types'],
		['-"a"', 'unary expression only allowed on expressions of type scalar or instant vector, got "string"'],
		['{}', 'vector selector must contain at least one non-empty matcher'],
		['{x=~".*"}', 'vector selector must contain at least one non-empty matcher'],
		['1[5m:]', 'subquery is only allowed on instant vector, got scalar instead']
	])('refuses %s', (query, message) => {
		expect(parse(query)).toMatchObject({ ok: false, error: { code: 'type', message } });
	});
});

describe('parseSelector', () => {
	it('gives the matchers', () => {
		const parsed = parseSelector('up{job=~"a.*", env!="dev"}');
		if (!parsed.ok) throw new Error(parsed.error.message);
		expect(parsed.value.map(({ name, op, value }) => `${name}${op}${value}`)).toEqual([
			'__name__=up',
			'job=~a.*',
			'env!=dev'
		]);
	});

	it.each(['up[5m]', 'sum(up)', 'up offset 5m', '{}'])('refuses %s', (text) =>
		expect(parseSelector(text).ok).toBe(false)
	);
});
