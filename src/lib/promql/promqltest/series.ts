/** Reads series as the test language and promtool's unit tests write them: `metric{a="b"} 1 2+3x2 _ stale`. */
import { Parser } from '../syntax/parser.ts';
import { parseNumber } from '../syntax/literal.ts';
import type { Labels } from '../series.ts';

/** `native` stands for a native histogram, whose content is not read. */
export type SequenceValue =
	{ readonly type: 'omitted' | 'stale' | 'native' } | { readonly type: 'value'; readonly value: number };

export interface SeriesDescription {
	readonly labels: Labels;
	readonly values: readonly SequenceValue[];
}

const most = 1_000_000;

/** @throws an Error that says what is wrong with the line. */
export function parseSeries(line: string): SeriesDescription {
	const end = metricEnd(line);
	return { labels: parseMetric(line.slice(0, end)), values: parseValues(line.slice(end)) };
}

/** Where the metric ends and the values begin: after the name, and after the braces where there are any. */
function metricEnd(line: string): number {
	const name = /^[a-zA-Z_:][a-zA-Z0-9_:]*/.exec(line)?.[0] ?? '';
	if (line.charAt(name.length) !== '{') return name.length;
	let quote = '';
	for (let at = name.length; at < line.length; at += 1) {
		const c = line.charAt(at);
		if (quote !== '') {
			if (c === '\\' && quote !== '`') at += 1;
			else if (c === quote) quote = '';
		} else if (c === '"' || c === "'" || c === '`') quote = c;
		else if (c === '}') return at + 1;
	}
	throw new Error(`unclosed braces in series ${line}`);
}

function parseMetric(text: string): Labels {
	if (text === '') throw new Error('a series begins with a metric name or {');
	const labels: Record<string, string> = {};
	for (const matcher of new Parser(text).parseSelector().matchers) {
		if (matcher.op !== '=') throw new Error(`a series has labels with = only: ${text}`);
		labels[matcher.name] = matcher.value;
	}
	return labels;
}

/** Values apart by spaces; a native histogram may have spaces inside its braces. */
function parseValues(text: string): SequenceValue[] {
	const values: SequenceValue[] = [];
	for (const [item] of text.matchAll(/(?:\{\{.*?\}\}|\S)+/g)) values.push(...parseItem(item));
	return values;
}

const arithmetic = /^([+-]?(?:[\d.]+(?:e[+-]?\d+)?|inf|nan))(?:([+-])([\d.]+(?:e[+-]?\d+)?|inf|nan))?(?:x(\d+))?$/i;

function parseItem(item: string): SequenceValue[] {
	const repeated = (value: SequenceValue, count: number) => Array.from({ length: Math.min(count, most) }, () => value);
	const blank = /^_(?:x(\d+))?$/.exec(item);
	if (blank) return repeated({ type: 'omitted' }, blank[1] === undefined ? 1 : Number(blank[1]));
	if (item === 'stale') return [{ type: 'stale' }];
	if (item.startsWith('{{')) {
		const times = /\}\}x(\d+)$/.exec(item)?.[1];
		return repeated({ type: 'native' }, times === undefined ? 1 : Number(times) + 1);
	}
	const found = arithmetic.exec(item);
	const [, base = '', sign, step, times] = found ?? [];
	const first = parseDecimal(base);
	if (!found || first === undefined) throw new Error(`bad value in series: ${item}`);
	const increment = step === undefined ? 0 : (sign === '-' ? -1 : 1) * (parseDecimal(step) ?? NaN);
	const values: SequenceValue[] = [];
	let value = first;
	// A repetition gives one value more than it says: the one at the beginning.
	for (let at = 0; at <= Math.min(Number(times ?? 0), most); at += 1) {
		values.push({ type: 'value', value });
		value += increment;
	}
	return values;
}

/** Unlike in queries, a leading zero means nothing here. */
function parseDecimal(text: string): number | undefined {
	return parseNumber(text.replace(/^([+-]?)0+(?=\d)/, '$1'));
}
