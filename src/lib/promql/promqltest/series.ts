/** Reads series as the test language and promtool's unit tests write them: `metric{a="b"} 1 2+3x2 _ stale`. */
import { Parser } from '../syntax/parser.ts';
import { parseDurationMs, parseNumber } from '../syntax/literal.ts';
import type { Labels } from '../series.ts';

/** `native` stands for a native histogram, whose content is not read. */
export type SequenceValue =
	{ readonly type: 'omitted' | 'stale' | 'native' } | { readonly type: 'value'; readonly value: number };

export interface SeriesDescription {
	readonly labels: Labels;
	readonly values: readonly SequenceValue[];
	/** How long before each sample its counter began, as `metric@st` lines say: milliseconds, mostly negative. */
	readonly starts?: readonly (number | undefined)[];
}

const most = 1_000_000;

/** @throws an Error that says what is wrong with the line. */
export function parseSeries(line: string): SeriesDescription {
	const end = metricEnd(line);
	return { labels: parseMetric(line.slice(0, end)), values: parseValues(line.slice(end)) };
}

/** Reads the lines of a `load`: series, each with a line `metric@st …` before it where its start times are given. */
export function parseLoad(lines: readonly string[]): SeriesDescription[] {
	const loaded: SeriesDescription[] = [];
	let pending: { labels: Labels; starts: (number | undefined)[] } | undefined;
	for (const line of lines) {
		const end = metricEnd(line);
		if (line.startsWith('@st', end)) {
			if (pending) throw new Error(`start times without a series after them: ${line}`);
			pending = { labels: parseMetric(line.slice(0, end)), starts: parseStarts(line.slice(end + '@st'.length)) };
			continue;
		}
		const series = parseSeries(line);
		if (pending && JSON.stringify(pending.labels) !== JSON.stringify(series.labels))
			throw new Error(`start times are not those of the series after them: ${line}`);
		if (pending && pending.starts.length !== series.values.length)
			throw new Error(`${pending.starts.length} start times for ${series.values.length} values: ${line}`);
		loaded.push(pending ? { ...series, starts: pending.starts } : series);
		pending = undefined;
	}
	if (pending) throw new Error('start times without a series after them');
	return loaded;
}

/** `_ -30s-1mx2 0 +1ms`: offsets from each sample's own time, in milliseconds. */
function parseStarts(text: string): (number | undefined)[] {
	return (text.match(/\S+/g) ?? []).flatMap((item) => {
		const blank = /^_(?:x(\d+))?$/.exec(item);
		if (blank) return Array.from({ length: Math.min(Number(blank[1] ?? 1), most) }, () => undefined);
		const [, base = '', sign, step = '0', times] =
			/^([+-]?[0-9a-z]+?)(?:([+-])([0-9a-z]+?))?(?:x(\d+))?$/.exec(item) ?? [];
		const first = offsetMs(base);
		const increment = offsetMs(step);
		if (first === undefined || increment === undefined) throw new Error(`bad start time in series: ${item}`);
		return Array.from(
			{ length: Math.min(Number(times ?? 0), most) + 1 },
			(_, at) => first + at * (sign === '-' ? -increment : increment)
		);
	});
}

function offsetMs(text: string): number | undefined {
	const [, sign, size = ''] = /^([+-]?)(.*)$/.exec(text) ?? [];
	const ms = size === '0' ? 0 : parseDurationMs(size);
	return ms === undefined ? undefined : sign === '-' ? -ms : ms;
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
