/** Runs a parsed query over samples, at one moment or over a range of them. */
import type { Context, RepairSpan } from './eval/context.ts';
import { compareMetrics, type Interner, type Metric } from './eval/metric.ts';
import { withPlan, type Plan } from './eval/plan.ts';
import type { Vector } from './eval/vector.ts';
import { formatG } from './goFloat.ts';
import type { EvaluationOptions, RangeOptions } from './options.ts';
import type { Query } from './query.ts';
import { attempt, positionOf, PromqlFailure, type Result } from './result.ts';
import type { Labels, Queryable } from './series.ts';
import { unparen } from './syntax/ast.ts';
import { typeOf } from './syntax/types.ts';
import type { Evaluation, MatrixSeries, Value, VectorSample } from './value.ts';

/**
 * The value of a query at one moment.
 * @returns a refusal where it cannot be computed; never throws for what a query can cause.
 */
export function evaluateInstant(
	query: Query,
	queryable: Queryable,
	timeMs: number,
	options?: EvaluationOptions
): Result<Evaluation> {
	return attempt(query.text, () =>
		withPlan(query, queryable, options, (plan) => {
			plan.context.begin(timeMs, timeMs, 0);
			return finish(query, plan.context, instantValue(query, plan, timeMs));
		})
	);
}

/**
 * The value of a query at startMs, startMs + stepMs, … up to endMs: always a matrix, ordered by labels.
 * @returns a refusal where it cannot be computed; never throws for what a query can cause.
 */
export function evaluateRange(
	query: Query,
	queryable: Queryable,
	range: RangeOptions,
	options?: EvaluationOptions
): Result<Evaluation> {
	return attempt(query.text, () =>
		withPlan(query, queryable, options, (plan) => {
			const type = checkRange(query, range, plan.context.options.maxPoints);
			plan.context.begin(range.startMs, range.endMs, range.stepMs);
			const value = type === 'scalar' ? scalarRange(plan, range) : vectorRange(query, plan, range);
			return finish(query, plan.context, value);
		})
	);
}

function checkRange({ root }: Query, { startMs, endMs, stepMs }: RangeOptions, maxPoints: number): 'scalar' | 'vector' {
	const refuse = (message: string, code: 'type' | 'limit' = 'type') =>
		new PromqlFailure(code, message, root.start, root.end);
	if (!(stepMs > 0)) {
		throw refuse('zero or negative query resolution step widths are not accepted. Try a positive integer');
	}
	if (endMs < startMs) throw refuse('end timestamp must not be before start time');
	const type = typeOf(root);
	if (type !== 'vector' && type !== 'scalar') {
		const name = JSON.stringify(type === 'matrix' ? 'range vector' : type);
		throw refuse(`invalid expression type ${name} for range query, must be Scalar or instant Vector`);
	}
	if ((endMs - startMs) / stepMs > maxPoints) {
		const advice = 'Try decreasing the query resolution (?step=XX)';
		throw refuse(`exceeded maximum resolution of ${maxPoints} points per timeseries. ${advice}`, 'limit');
	}
	return type;
}

function finish(query: Query, context: Context, value: Value): Evaluation {
	checkOutput(query, value, context.options.maxOutput);
	const annotations = [...context.remarks.values()].map(({ level, message, start, end, repair }) => ({
		level,
		message: repair ? message + extent(repair) : message,
		position: positionOf(query.text, start, end)
	}));
	return { value, annotations };
}

/** Refuses an answer that nobody could read, before it is written out. */
function checkOutput({ root }: Query, value: Value, maxOutput: number): void {
	const parts = value.type === 'vector' ? value.samples : value.type === 'matrix' ? value.series : [];
	// Label sets are shared between answers: measured once each.
	const measured = new Map<Labels, number>();
	let size = 0;
	for (const part of parts) {
		let labels = measured.get(part.labels);
		if (labels === undefined) {
			labels = Object.entries(part.labels).reduce((sum, [name, text]) => sum + name.length + text.length, 0);
			measured.set(part.labels, labels);
		}
		size += labels + 16 * ('times' in part ? part.times.length : 1);
		if (size > maxOutput) {
			const message = `query result is larger than ${maxOutput} characters: aggregate it, or ask for fewer points`;
			throw new PromqlFailure('limit', message, root.start, root.end);
		}
	}
}

/** The extent of a repair in the words of Prometheus. */
function extent(repair: RepairSpan): string {
	const time = (ms: number) => {
		const date = new Date(Math.trunc(ms / 1000) * 1000);
		return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString().replace('.000', '');
	};
	const bounds = `from buckets ${formatG(repair.firstBound)} to ${formatG(repair.lastBound)}`;
	const span = `over ${repair.samples} samples from ${time(repair.firstMs)} to ${time(repair.lastMs)}`;
	return `, ${bounds}, with a max diff of ${formatG(repair.largest, 2)}, ${span}`;
}

function instantValue(query: Query, plan: Plan, timeMs: number): Value {
	const { root } = query;
	const { compiler, context } = plan;
	const type = typeOf(root);
	switch (type) {
		case 'scalar':
			return { type, value: plan.scalar(context), timeMs };
		case 'string': {
			const bare = unparen(root);
			return { type, value: bare.type === 'string' ? bare.value : '', timeMs };
		}
		case 'vector':
			return { type, samples: samplesOf(plan.vector(context), compiler.interner, timeMs, query) };
		case 'matrix': {
			const windows = plan.matrix(context);
			const series: MatrixSeries[] = [];
			for (let at = 0; at < windows.count; at += 1) {
				const [from, to] = [windows.from[at] as number, windows.to[at] as number];
				series.push({
					labels: compiler.interner.final(windows.metrics[at] as Metric).labels,
					times: Array.from((windows.times[at] as Float64Array).subarray(from, to)),
					values: Array.from((windows.values[at] as Float64Array).subarray(from, to))
				});
			}
			return { type, series };
		}
	}
}

/** The samples of a vector, with the names that were to leave gone. Two with the same labels are a failure. */
export function samplesOf({ shape, values }: Vector, interner: Interner, timeMs: number, query: Query): VectorSample[] {
	const seen = new Set<Metric>();
	return shape.map((metric, at) => {
		const final = interner.final(metric);
		if (seen.has(final))
			throw new PromqlFailure(
				'execution',
				'vector cannot contain metrics with the same labelset',
				query.root.start,
				query.root.end
			);
		seen.add(final);
		return { labels: final.labels, value: values[at] as number, timeMs };
	});
}

function scalarRange({ scalar: node, context }: Plan, { startMs, endMs, stepMs }: RangeOptions): Value {
	const times: number[] = [];
	const values: number[] = [];
	for (let timeMs = startMs; timeMs <= endMs; timeMs += stepMs) {
		context.at(timeMs);
		times.push(timeMs);
		values.push(node(context));
	}
	return { type: 'matrix', series: [{ labels: {}, times, values }] };
}

function vectorRange(query: Query, plan: Plan, { startMs, endMs, stepMs }: RangeOptions): Value {
	const { vector: node, compiler, context } = plan;
	const { interner } = compiler;
	const columns = new Map<Metric, { times: number[]; values: number[] }>();
	for (let timeMs = startMs; timeMs <= endMs; timeMs += stepMs) {
		context.at(timeMs);
		const { shape, values } = node(context);
		context.retain(shape.length, query.root);
		for (let at = 0; at < shape.length; at += 1) {
			const metric = interner.final(shape[at] as Metric);
			let column = columns.get(metric);
			if (!column) columns.set(metric, (column = { times: [], values: [] }));
			if (column.times[column.times.length - 1] === timeMs) {
				throw new PromqlFailure(
					'execution',
					'vector cannot contain metrics with the same labelset',
					query.root.start,
					query.root.end
				);
			}
			column.times.push(timeMs);
			column.values.push(values[at] as number);
		}
	}
	const series = [...columns]
		.sort(([a], [b]) => compareMetrics(a, b))
		.map(([metric, column]) => ({ labels: metric.labels, ...column }));
	return { type: 'matrix', series };
}
