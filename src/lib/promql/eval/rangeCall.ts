/** Calls of range functions: one value per series of the range. */
import type { Call, MatrixSelector } from '../syntax/ast.ts';
import { formatG } from '../goFloat.ts';
import { quote } from '../syntax/literal.ts';
import { PromqlFailure } from '../result.ts';
import type { Context } from './context.ts';
import { metricName, type Interner, type Metric } from './metric.ts';
import type { MatrixNode, ScalarNode, VectorNode } from './nodes.ts';
import { bounded } from './rate.ts';
import { rangeFunctions, type RangeFunctionSpec, type RangeSpan } from './rangeFunction.ts';
import { beginsInside } from './startTime.ts';
import { VectorBuilder } from './vector.ts';

/** What a sample costs where its window is sorted, in looks at samples. */
const SORT_WORK = 10;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export function rangeCall(
	call: Call,
	inner: MatrixNode,
	parameters: readonly ScalarNode[],
	interner: Interner
): VectorNode {
	const spec = rangeFunctions[call.name];
	if (!spec) throw new Error(`no range function ${call.name}`);
	const out = new VectorBuilder();
	const span: Mutable<RangeSpan> = { startMs: 0, endMs: 0, timeMs: 0, starts: undefined };
	const { run, least, keepsName, oneIfBegun } = spec;
	const numbers: number[] = [];
	const sorts = call.name === 'quantile_over_time' || call.name === 'mad_over_time';
	const isRate = call.name === 'rate' || call.name === 'increase';
	return (context) => {
		const windows = inner(context);
		parameters.forEach((node, at) => (numbers[at] = node(context)));
		span.startMs = windows.startMs;
		span.endMs = windows.endMs;
		span.timeMs = context.timeMs;
		out.begin();
		for (let at = 0; at < windows.count; at += 1) {
			const from = windows.from[at] as number;
			const to = windows.to[at] as number;
			if (sorts) context.spend((to - from) * SORT_WORK, call);
			const times = windows.times[at] as Float64Array;
			const starts = (span.starts = windows.starts[at]);
			if (to - from < least && !(oneIfBegun && starts && beginsInside(starts, times, from, span.startMs))) continue;
			const metric = windows.metrics[at] as Metric;
			const value = run(times, windows.values[at] as Float64Array, from, to, span, numbers);
			out.push(keepsName ? metric : interner.dropName(metric), value);
			if (isRate && !metric.countsByName) remarkName(context, call, metric);
		}
		if (call.name === 'quantile_over_time' && windows.count > 0) remarkQuantile(context, call, numbers[0] as number);
		return keepsName ? out.end() : out.endUnique(call.start, call.end);
	};
}

/** A rate of something that is not named like a counter is worth a remark. */
function remarkName(context: Context, call: Call, metric: Metric): void {
	const name = quote(metric.get(metricName));
	context.remark(
		'info',
		`metric might not be a counter, name does not end in _total/_sum/_count/_bucket: ${name}`,
		call.args[0] ?? call
	);
}

function remarkQuantile(context: Context, call: Call, q: number): void {
	if (!(q >= 0 && q <= 1))
		context.remark('warning', `quantile value should be between 0 and 1, got ${formatG(q)}`, call.args[0] ?? call);
}

const boundedRates: Readonly<Record<string, { isCounter: boolean; perSecond: boolean }>> = {
	rate: { isCounter: true, perSecond: true },
	increase: { isCounter: true, perSecond: false },
	delta: { isCounter: false, perSecond: false }
};

/** Calls over `anchored` and `smoothed` ranges, whose windows reach past the ends of the range. */
export function boundedRangeCall(
	call: Call,
	selector: MatrixSelector,
	inner: MatrixNode,
	interner: Interner
): VectorNode {
	const smoothed = selector.selector.bounds === 'smoothed';
	const rates = boundedRates[call.name];
	const counted = call.name === 'changes' || call.name === 'resets' ? rangeFunctions[call.name] : undefined;
	if (!rates && (smoothed || !counted)) {
		const allowed = smoothed ? 'delta, increase, rate' : 'changes, delta, increase, rate, resets';
		throw new PromqlFailure(
			'execution',
			`${selector.selector.bounds ?? ''} modifier can only be used with: ${allowed} - not with ${call.name}`,
			call.start,
			call.end
		);
	}
	const out = new VectorBuilder();
	return (context) => {
		const windows = inner(context);
		const span: RangeSpan = {
			startMs: windows.startMs,
			endMs: windows.endMs,
			timeMs: context.timeMs,
			starts: undefined
		};
		out.begin();
		for (let at = 0; at < windows.count; at += 1) {
			const [times, values] = [windows.times[at] as Float64Array, windows.values[at] as Float64Array];
			const [from, to] = [windows.from[at] as number, windows.to[at] as number];
			const value = rates
				? bounded(times, values, from, to, span, smoothed, rates.isCounter, rates.perSecond)
				: anchoredCount(counted, times, values, from, to, span);
			if (value === undefined) continue;
			out.push(interner.dropName(windows.metrics[at] as Metric), value);
		}
		return out.endUnique(call.start, call.end);
	};
}

function anchoredCount(
	spec: RangeFunctionSpec | undefined,
	times: Float64Array,
	values: Float64Array,
	from: number,
	to: number,
	span: RangeSpan
): number | undefined {
	if (!spec || (times[to - 1] as number) <= span.startMs) return undefined;
	let first = from;
	while (first + 1 < to && (times[first + 1] as number) <= span.startMs) first += 1;
	return spec.run(times, values, first, to, span, []);
}
