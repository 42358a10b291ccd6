/** Evaluates an instant expression at many moments and hands the results on as ranges. */
import type { Subquery } from '../syntax/ast.ts';
import type { Context } from './context.ts';
import type { Metric } from './metric.ts';
import { createWindows, pushWindow, type MatrixNode, type VectorNode } from './nodes.ts';
import { durationMs, type Scope, type Timing } from './timing.ts';

/** What a moment of a subquery costs by itself, in looks at samples. */
const STEP_WORK = 20;

class Column {
	times = new Float64Array(16);
	values = new Float64Array(16);
	length = 0;

	constructor(readonly metric: Metric) {}

	push(timeMs: number, value: number): void {
		if (this.length === this.times.length) {
			this.times = extend(this.times);
			this.values = extend(this.values);
		}
		this.times[this.length] = timeMs;
		this.values[this.length] = value;
		this.length += 1;
	}
}

function extend(array: Float64Array): Float64Array<ArrayBuffer> {
	const larger = new Float64Array(array.length * 2);
	larger.set(array);
	return larger;
}

/** The moments at which the inside of a subquery is evaluated. */
export function subqueryScope(node: Subquery, timing: Timing): Scope {
	const range = durationMs(node.range, true);
	return (context) => {
		const { firstMs, lastMs } = timing.bounds(context);
		return { firstMs: firstMs - range(context), lastMs };
	};
}

/** Moments are multiples of the step, whatever the time of the query, in (t - range, t]. */
export function subqueryNode(node: Subquery, timing: Timing, inner: VectorNode): MatrixNode {
	const range = durationMs(node.range, true);
	const step = durationMs(node.step, true);
	const windows = createWindows();
	let columns = new Map<Metric, Column>();
	return (context) => {
		const stepMs = step(context) || context.options.defaultStepMs;
		const endMs = timing.at(context);
		const startMs = endMs - range(context);
		for (const column of columns.values()) column.length = 0;
		context.elsewhere(() => {
			for (let moment = (Math.floor(startMs / stepMs) + 1) * stepMs; moment <= endMs; moment += stepMs) {
				context.at(moment);
				collect(context, moment);
			}
		});
		windows.count = 0;
		windows.startMs = startMs;
		windows.endMs = endMs;
		for (const column of columns.values()) {
			if (column.length > 0) pushWindow(windows, column.metric, column.times, column.values, 0, column.length);
		}
		// Series that are long gone must not be walked for ever.
		if (columns.size > 4 * windows.count + 64)
			columns = new Map([...columns].filter(([, column]) => column.length > 0));
		return windows;
	};

	function collect(context: Context, moment: number): void {
		const { shape, values } = inner(context);
		context.gather(shape.length, node);
		// Moments without a result cost time too, and more than a look at a sample.
		context.spend(STEP_WORK, node);
		for (let at = 0; at < shape.length; at += 1) {
			const metric = shape[at] as Metric;
			let column = columns.get(metric);
			if (!column) columns.set(metric, (column = new Column(metric)));
			column.push(moment, values[at] as number);
		}
	}
}
