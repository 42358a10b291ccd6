/** Compares what a query gave with what a test expects. Each function returns what is wrong, or `undefined`. */
import { formatAnnotation, type Annotation } from '../annotation.ts';
import type { Labels } from '../series.ts';
import { formatNumber } from '../syntax/literal.ts';
import type { MatrixSeries, Value, VectorSample } from '../value.ts';
import { RE2JS } from 're2js';
import type { Expectations, Matching, Span } from './script.ts';
import type { SeriesDescription } from './series.ts';

const tolerance = 1e-6;

/** Equal up to a relative error; NaN equals NaN. */
export function almostEqual(a: number, b: number): boolean {
	if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b);
	if (a === b) return true;
	const difference = Math.abs(a - b);
	const size = Math.abs(a) + Math.abs(b);
	const smallest = 2.2250738585072014e-308;
	if (a === 0 || b === 0 || size < smallest) return difference < tolerance * smallest;
	return difference / Math.min(size, Number.MAX_VALUE) < tolerance;
}

function keyOf(labels: Labels): string {
	return JSON.stringify(
		Object.entries(labels)
			.filter(([, value]) => value !== '')
			.sort(([a], [b]) => (a < b ? -1 : 1))
	);
}

export function show(labels: Labels): string {
	const { __name__: name = '', ...rest } = labels;
	return `${name}{${Object.entries(rest)
		.map(([label, value]) => `${label}=${JSON.stringify(value)}`)
		.join(', ')}}`;
}

/** The one value that an instant result expects of a series. */
function single(expected: SeriesDescription): number | undefined {
	const [value] = expected.values;
	return value?.type === 'value' ? value.value : undefined;
}

export function compareInstant(value: Value, expected: Expectations): string | undefined {
	switch (value.type) {
		case 'string':
			return value.value === expected.string
				? undefined
				: `expected string ${JSON.stringify(expected.string)}, got ${JSON.stringify(value.value)}`;
		case 'scalar': {
			const [series] = expected.series;
			const wanted = expected.scalar ?? (series ? single(series) : undefined);
			if (wanted === undefined) return `expected no scalar, got ${formatNumber(value.value)}`;
			return almostEqual(wanted, value.value)
				? undefined
				: `expected scalar ${formatNumber(wanted)}, got ${formatNumber(value.value)}`;
		}
		case 'vector':
			return expected.scalar === undefined ? compareVector(value.samples, expected) : 'expected a scalar, got a vector';
		case 'matrix':
			return expected.rangeVector
				? compareMatrix(value.series, expected, expected.rangeVector)
				: 'expected no range vector';
	}
}

function compareVector(samples: readonly VectorSample[], { series, ordered }: Expectations): string | undefined {
	const wanted = new Map(series.map((one, at) => [keyOf(one.labels), { one, at }]));
	const seen = new Set<string>();
	for (const [at, sample] of samples.entries()) {
		const key = keyOf(sample.labels);
		const found = wanted.get(key);
		if (!found) return `unexpected metric ${show(sample.labels)} in result, has value ${formatNumber(sample.value)}`;
		if (ordered && found.at !== at)
			return `expected metric ${show(sample.labels)} at position ${found.at + 1} but was at ${at + 1}`;
		const value = single(found.one);
		if (value === undefined || !almostEqual(value, sample.value)) {
			return `expected ${value === undefined ? 'nothing' : formatNumber(value)} for ${show(sample.labels)} but got ${formatNumber(sample.value)}`;
		}
		seen.add(key);
	}
	const missing = series.find((one) => !seen.has(keyOf(one.labels)));
	return missing ? `expected metric ${show(missing.labels)} not found` : undefined;
}

/** Series by series and step by step; an omitted value means that there is none. */
export function compareMatrix(series: readonly MatrixSeries[], expected: Expectations, span: Span): string | undefined {
	const wanted = new Map(expected.series.map((one) => [keyOf(one.labels), one]));
	const seen = new Set<string>();
	for (const one of series) {
		const key = keyOf(one.labels);
		const found = wanted.get(key);
		if (!found)
			return `unexpected metric ${show(one.labels)} in result, has ${one.values.length} values: ${one.values.slice(0, 12).map(formatNumber).join(' ')}`;
		seen.add(key);
		const points = found.values.flatMap((value, at) =>
			value.type === 'value' ? [{ timeMs: span.startMs + at * span.stepMs, value: value.value }] : []
		);
		const got = `got ${one.values
			.map((value, at) => `${formatNumber(value)}@${(one.times[at] ?? 0) / 1000}`)
			.slice(0, 20)
			.join(' ')}`;
		if (points.length !== one.values.length) return `expected ${points.length} values for ${show(one.labels)}, ${got}`;
		for (const [at, point] of points.entries()) {
			if (one.times[at] !== point.timeMs)
				return `expected a value at ${point.timeMs / 1000}s for ${show(one.labels)}, ${got}`;
			if (!almostEqual(point.value, one.values[at] ?? NaN))
				return `expected ${formatNumber(point.value)} at ${point.timeMs / 1000}s for ${show(one.labels)}, ${got}`;
		}
	}
	const missing = expected.series.find(
		(one) => !seen.has(keyOf(one.labels)) && one.values.some((value) => value.type === 'value')
	);
	return missing ? `expected metric ${show(missing.labels)} not found` : undefined;
}

export function matches(matching: Matching, text: string): boolean {
	switch (matching.by) {
		case 'any':
			return true;
		case 'text':
			return text === matching.text || JSON.stringify(text) === matching.text;
		case 'regex':
			return RE2JS.compile(matching.text.replace(/^"(.*)"$/, '$1'))
				.matcher(text)
				.find();
	}
}

/** Every expectation must be met, and where there are any, nothing else may come. */
export function compareAnnotations(annotations: readonly Annotation[], expected: Expectations): string | undefined {
	for (const [level, wanted, none] of [
		['warning', expected.warn, expected.noWarn],
		['info', expected.info, expected.noInfo]
	] as const) {
		const texts = annotations.filter((one) => one.level === level).map(formatAnnotation);
		if (none && texts.length > 0) return `expected no ${level}, got ${texts.join('; ')}`;
		const unmet = wanted.find((matching) => !texts.some((text) => matches(matching, text)));
		if (unmet)
			return `expected ${level}${unmet.by === 'any' ? '' : ` ${unmet.text}`}, got ${texts.join('; ') || 'none'}`;
		const extra =
			wanted.length > 0 ? texts.find((text) => !wanted.some((matching) => matches(matching, text))) : undefined;
		if (extra !== undefined) return `unexpected ${level}: ${extra}`;
	}
	return undefined;
}
