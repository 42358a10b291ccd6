/** Which sample goes with which, for operators between vectors: worked out once per pair of shapes. */
import { PromqlFailure } from '../result.ts';
import { isComparison, type Binary } from '../syntax/ast.ts';
import { compareMetrics, isMetadata, type Interner, type Metric } from './metric.ts';
import { signatureOf } from './signature.ts';
import type { Shape } from './vector.ts';

export interface Pairing {
	/** Places in the left and right vector, pair by pair; -1 where that side is filled in. */
	readonly leftAt: Int32Array;
	readonly rightAt: Int32Array;
	/** The labels of each pair's result. */
	readonly metrics: readonly Metric[];
	/** No two results have the same labels, whatever the values. */
	readonly unique: boolean;
}

const nothing: Pairing = { leftAt: new Int32Array(0), rightAt: new Int32Array(0), metrics: [], unique: true };

export function matchVectors(expr: Binary, interner: Interner): (left: Shape, right: Shape) => Pairing {
	const signature = signatureOf(expr.matching);
	const result = resultMetric(expr, interner);
	let lastLeft: Shape | undefined;
	let lastRight: Shape | undefined;
	let last: Pairing | undefined;
	return (left, right) => {
		if (!last || left !== lastLeft || right !== lastRight) {
			last = pair(expr, signature, result, interner, left, right);
			lastLeft = left;
			lastRight = right;
		}
		return last;
	};
}

function pair(
	expr: Binary,
	signature: (metric: Metric) => string,
	result: (many: Metric, one: Metric) => Metric,
	interner: Interner,
	left: Shape,
	right: Shape
): Pairing {
	const { card, fillLeft, fillRight } = expr.matching;
	// The many side is the left one unless `group_right` says otherwise.
	const swapped = card === 'one-to-many';
	const [many, one] = swapped ? [right, left] : [left, right];
	const [fillMany, fillOne] = swapped ? [fillRight, fillLeft] : [fillLeft, fillRight];
	if ((many.length === 0 || one.length === 0) && fillMany === undefined && fillOne === undefined) return nothing;
	const ones = new Map<string, number>();
	one.forEach((metric, at) => {
		const key = signature(metric);
		const before = ones.get(key);
		if (before !== undefined)
			throw duplicateOne(expr, metric, one[before] as Metric, swapped ? 'left' : 'right', interner);
		ones.set(key, at);
	});
	const manyAt: number[] = [];
	const oneAt: number[] = [];
	const metrics: Metric[] = [];
	const taken = new Map<string, Set<Metric>>();
	many.forEach((metric, at) => {
		const key = signature(metric);
		const other = ones.get(key);
		if (other === undefined && fillOne === undefined) return;
		const into = result(metric, other === undefined ? matchLabels(expr, interner, metric) : (one[other] as Metric));
		const seen = taken.get(key);
		if (card === 'one-to-one' && seen)
			throw refuse(expr, 'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)');
		if (seen?.has(into)) throw refuse(expr, 'multiple matches for labels: grouping labels must ensure unique matches');
		if (seen) seen.add(into);
		else taken.set(key, new Set([into]));
		manyAt.push(at);
		oneAt.push(other ?? -1);
		metrics.push(into);
	});
	if (fillMany !== undefined) {
		for (const [key, at] of ones) {
			if (taken.has(key)) continue;
			manyAt.push(-1);
			oneAt.push(at);
			metrics.push(result(matchLabels(expr, interner, one[at] as Metric), one[at] as Metric));
		}
	}
	const [leftAt, rightAt] = swapped ? [oneAt, manyAt] : [manyAt, oneAt];
	return {
		leftAt: Int32Array.from(leftAt),
		rightAt: Int32Array.from(rightAt),
		metrics,
		unique: new Set(metrics).size === metrics.length
	};
}

/** The labels of a side that is filled in: those that took part in matching. */
function matchLabels(expr: Binary, interner: Interner, metric: Metric): Metric {
	const named = new Set(expr.matching.labels);
	return interner.keep(metric, (name) => (expr.matching.on ? named.has(name) : !named.has(name) && !isMetadata(name)));
}

/** Labels of the result: the many side's, without the name where the value is a new one, and with what `group_x` copies. */
function resultMetric(expr: Binary, interner: Interner): (many: Metric, one: Metric) => Metric {
	const { card, on, labels, include } = expr.matching;
	const named = new Set(labels);
	const keepsName = isComparison(expr.op) && !expr.returnBool;
	return (many, one) => {
		let metric = many;
		if (!isComparison(expr.op)) metric = interner.without(metric, isMetadata);
		else if (!keepsName) metric = interner.dropName(metric);
		if (card === 'one-to-one') metric = interner.keep(metric, (name) => named.has(name) === on, metric.nameLeaves);
		if (include.length > 0)
			metric = interner.with(metric, Object.fromEntries(include.map((name) => [name, one.get(name)])));
		return metric;
	};
}

function refuse(expr: Binary, message: string): PromqlFailure {
	return new PromqlFailure('execution', message, expr.start, expr.end);
}

function duplicateOne(expr: Binary, a: Metric, b: Metric, side: 'left' | 'right', interner: Interner): PromqlFailure {
	const { on, labels } = expr.matching;
	const named = new Set(labels);
	const group = interner.keep(a, (name) => (on ? named.has(name) : !named.has(name) && !isMetadata(name)));
	const [first, second] = compareMetrics(a, b) <= 0 ? [a, b] : [b, a];
	return refuse(
		expr,
		`found duplicate series for the match group ${group.toString()} on the ${side} hand-side of the operation: [${first.toString()}, ${second.toString()}];many-to-many matching not allowed: matching labels must be unique on one side`
	);
}
