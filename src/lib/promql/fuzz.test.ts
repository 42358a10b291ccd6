/** Random queries: the evaluator answers or refuses, never throws, and a range query is its instants in a row. */
import { describe, expect, it } from 'vitest';
import { createMemoryStore, evaluateInstant, evaluateRange, parse, type Value } from './index.ts';
import { aggregators, aggregatorsWithParameter } from './syntax/ast.ts';
import { functions } from './syntax/functions.ts';

function generator(seed: number) {
	let state = seed;
	const random = () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
	const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T;
	const duration = () =>
		pick([
			'1m',
			'100y',
			'1d',
			'0.5',
			'2 * 1m',
			'-1m',
			'max(step(), 1m)',
			'5m',
			'30s',
			'1ms',
			'2m1s',
			'0',
			'1h',
			'step()',
			'range() + 1m'
		]);
	const modifier = () =>
		pick([
			'',
			'',
			'',
			'',
			' offset 1m',
			' offset -1m',
			' @ 300',
			' @ end()',
			' anchored',
			' smoothed',
			' offset step()'
		]);
	const name = () =>
		pick(['a_total', 'b', 'c_bucket', '{l="x"}', '{__name__=~".+"}', 'nope', 'b{l=~"x|y"}', 'c_bucket{le="1"}']);
	const string = () =>
		pick([
			'"l"',
			'"$1"',
			'"$1$1$1$1"',
			'"ключ"',
			'"\\\\xff"',
			'"[a-"',
			'"(a+)+$"',
			'"(.*)"',
			'""',
			'"le"',
			'"__name__"',
			'"("'
		]);
	const operator = () =>
		pick(['+', '-', '*', '/', '%', '^', 'atan2', '==', '!=', '>', '<', '>= bool', '== bool', 'and', 'or', 'unless']);
	const matching = () =>
		pick([
			'',
			'',
			'on (l)',
			'ignoring (le)',
			'on (l) group_left',
			'on (l) group_right (le)',
			'on (l) fill (0)',
			'fill_left (1)'
		]);
	const scalar = (depth: number): string =>
		pick([
			'1',
			'0',
			'-1',
			'NaN',
			'Inf',
			'0.5',
			'time()',
			'pi()',
			'3 ^ 2',
			'1 > bool 0',
			depth > 0 ? `scalar(${vector(depth - 1)})` : '2'
		]);
	const matrix = (depth: number): string => {
		if (random() < 0.6) return `${name()}[${duration()}]${modifier()}`;
		return `(${vector(depth - 1)})[${duration()}:${pick(['', '30s', '1m', 'step()'])}]`;
	};
	const call = (depth: number): string => {
		const [fn, { args }] = pick([...functions]);
		const of = { vector: () => vector(depth), scalar: () => scalar(depth), matrix: () => matrix(depth), string };
		return `${fn}(${args.map((type) => of[type]()).join(', ')})`;
	};
	const vector = (depth: number): string => {
		const kind = random();
		if (depth <= 0 || kind < 0.15) return name() + modifier();
		if (kind < 0.35) {
			const op = pick(aggregators);
			const parameter =
				op === 'count_values' ? '"v", ' : aggregatorsWithParameter.has(op) ? `${scalar(depth - 1)}, ` : '';
			return `${op} ${pick(['by (l)', 'without (le)', '', 'by ()'])} (${parameter}${vector(depth - 1)})`;
		}
		if (kind < 0.55) return `${vector(depth - 1)} ${operator()} ${matching()} ${vector(depth - 1)}`;
		if (kind < 0.65) return `${vector(depth - 1)} ${pick(['+', '/', '>', '< bool'])} ${scalar(depth - 1)}`;
		if (kind < 0.7) return `-${vector(depth - 1)}`;
		return call(depth - 1);
	};
	const broken = (query: string): string => {
		const at = Math.floor(random() * query.length);
		return (
			query.slice(0, at) +
			pick(['(', ')', '[', '{', '"', '\\', ',', '@', '5m', '%$', '']) +
			query.slice(at + pick([0, 1, 3]))
		);
	};
	return { query: () => vector(1 + Math.floor(random() * 3)), broken: () => broken(vector(2)), random };
}

const store = createMemoryStore();
for (let step = 0; step <= 60; step += 1) {
	for (const name of ['a_total', 'b', 'c_bucket']) {
		for (const l of ['x', 'y']) {
			for (const le of name === 'c_bucket' ? ['0.1', '1', '+Inf'] : ['']) {
				const labels = { __name__: name, l, le };
				const rise = step % 23 === 0 ? 0 : step;
				if (step % 17 === 5 && l === 'x') store.appendStale(labels, step * 15_000);
				else
					store.append(
						labels,
						step * 15_000,
						name === 'b' ? Math.sin(step) * 10 : rise * (le === '+Inf' ? 2 : Number(le || 1))
					);
			}
		}
	}
}

const text = (value: unknown) =>
	JSON.stringify(value, (_, one: unknown) => (typeof one === 'number' && !Number.isFinite(one) ? String(one) : one));

/** The samples of an instant answer, in an order of their own. */
function samplesOf(value: Value): string[] {
	if (value.type === 'scalar') return [text([{}, value.value])];
	return value.type === 'vector' ? value.samples.map(({ labels, value: number }) => text([labels, number])).sort() : [];
}

describe('random queries', () => {
	it.each([1, 2, 3, 4])('answer or refuse, seed %i', (seed) => {
		const { query, broken, random } = generator(seed);
		let answered = 0;
		for (let count = 0; count < 1500; count += 1) {
			const parsed = parse(random() < 0.2 ? broken() : query());
			if (!parsed.ok) {
				expect(parsed.error.message).not.toBe('');
				continue;
			}
			const options = { maxWork: 300_000, delayedNameRemoval: random() < 0.5 };
			if (evaluateInstant(parsed.value, store, 600_000, options).ok) answered += 1;
		}
		expect(answered).toBeGreaterThan(500);
	});

	it.each([11, 12, 13])('are over a range what they are at each moment, seed %i', (seed) => {
		const { query } = generator(seed);
		const span = { startMs: 290_000, endMs: 590_000, stepMs: 50_000 };
		let compared = 0;
		for (let count = 0; count < 700; count += 1) {
			const source = query();
			// These answer with the query's own range, which an instant does not have.
			if (/\b(start|end|step|range)\(/.test(source) || source.includes('@ end')) continue;
			const parsed = parse(source);
			if (!parsed.ok) continue;
			const ranged = evaluateRange(parsed.value, store, span, { maxWork: 300_000 });
			if (!ranged.ok || ranged.value.value.type !== 'matrix') continue;
			for (let timeMs = span.startMs; timeMs <= span.endMs; timeMs += span.stepMs) {
				const instant = evaluateInstant(parsed.value, store, timeMs);
				if (!instant.ok) throw new Error(`${source} fails at ${timeMs} alone: ${instant.error.message}`);
				const column = ranged.value.value.series.flatMap(({ labels, times, values }) => {
					const at = times.indexOf(timeMs);
					return at < 0 ? [] : [text([labels, values[at]])];
				});
				expect([source, timeMs, column.sort()]).toEqual([source, timeMs, samplesOf(instant.value.value)]);
				compared += 1;
			}
		}
		expect(compared).toBeGreaterThan(500);
	});

	it.each([21, 22, 23])('or what looks like none: parsed or refused, seed %i', (seed) => {
		const { random } = generator(seed);
		const tokens = [
			'a',
			'sum',
			'by',
			'(',
			')',
			'{',
			'}',
			'[',
			']',
			',',
			'=~',
			'"x"',
			"'",
			'`',
			'5m',
			':',
			'@',
			'-',
			'+',
			'0x',
			'1e',
			'Inf'
		];
		const more = [
			'offset',
			'bool',
			'on',
			'group_left',
			'rate',
			'#',
			'\n',
			'\\',
			'é',
			'\u0000',
			'\ud800',
			'and',
			'==',
			'!',
			'5',
			'step()'
		];
		const all = [...tokens, ...more];
		for (let count = 0; count < 4000; count += 1) {
			const soup = Array.from(
				{ length: 1 + Math.floor(random() * 14) },
				() => all[Math.floor(random() * all.length)]
			).join(random() < 0.5 ? ' ' : '');
			const parsed = parse(soup);
			if (!parsed.ok) expect(parsed.error.message).not.toBe('');
			else evaluateInstant(parsed.value, store, 600_000, { maxWork: 1_000_000 });
		}
	});

	it.each([
		['samples held', 'b[10m]', { maxSamples: 10 }, 'too many samples into memory in query execution'],
		['samples looked at', 'count_over_time(b[1y:1ms])', { maxWork: 1_000_000 }, 'timed out in expression evaluation'],
		[
			'steps of subqueries',
			'max_over_time(vector(1)[1h:1s])',
			{ maxWork: 10_000 },
			'timed out in expression evaluation'
		],
		['windows sorted', 'quantile_over_time(0.5, b[10m])', { maxWork: 500 }, 'timed out in expression evaluation'],
		['the answer', 'b', { maxOutput: 50 }, 'query result is larger than 50 characters'],
		[
			'an endless subquery',
			'max_over_time(max_over_time(vector(1)[1y:1s])[1y:1s])',
			{ maxWork: 3_000_000 },
			'timed out in expression evaluation'
		],
		[
			'a doubling label',
			`${'label_join('.repeat(40)}b${', "l", "", "l", "l")'.repeat(40)}`,
			{},
			'label value would be longer'
		],
		[
			'a quadrupling label',
			`${'label_replace('.repeat(40)}b${', "l", "$1$1$1$1", "l", "(.*)")'.repeat(40)}`,
			{},
			'label value would be longer'
		]
	])('are refused by a limit on %s', (_what, query, options, message) => {
		const parsed = parse(query);
		if (!parsed.ok) throw new Error(parsed.error.message);
		const refused = evaluateInstant(parsed.value, store, 600_000, options);
		expect(refused.ok ? 'answered' : refused.error).toMatchObject({
			code: 'limit',
			message: expect.stringContaining(message) as string
		});
		// A limit is counted, not timed: the same every time.
		expect(evaluateInstant(parsed.value, store, 600_000, options)).toEqual(refused);
	});

	it('match regular expressions without stalling', () => {
		for (const pattern of [
			'(a+)+$',
			'(a|a)*(a|a)*b',
			'(.*)(.*)(.*)(.*)(.*)x',
			'(?:a{100}){10}',
			'((((((a*)*)*)*)*)*)*b'
		]) {
			const parsed = parse(`b{l=~"${pattern}"}`);
			if (!parsed.ok) throw new Error(parsed.error.message);
			expect(evaluateInstant(parsed.value, store, 600_000).ok).toBe(true);
		}
		for (const pattern of ['(?:a{1000}){1000}', '('.repeat(5000), `(${'x+|'.repeat(5000)}x)`, '(?=a)', '\\\\1'])
			expect(parse(`b{l=~"${pattern}"}`).ok).toBe(false);
	});

	it('refuses what is nested or chained without end', () => {
		for (const query of [
			'('.repeat(5000) + '1' + ')'.repeat(5000),
			`1${' + 1'.repeat(20_000)}`,
			'-'.repeat(10_000) + '1',
			'abs('.repeat(1000),
			'x[5m:'.repeat(1000)
		]) {
			expect(parse(query).ok).toBe(false);
		}
	});

	it('answers what is as long as it may be', () => {
		const parsed = parse(`b${' + b'.repeat(1500)}`);
		if (!parsed.ok) throw new Error(parsed.error.message);
		expect(evaluateInstant(parsed.value, store, 600_000).ok).toBe(true);
	});
});
