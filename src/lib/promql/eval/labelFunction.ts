/** Functions that change or read labels. Labels change once per shape, not once per step. */
import { compileAnchored } from '../matcher.ts';
import { PromqlFailure } from '../result.ts';
import { isLabelName, quote } from '../syntax/literal.ts';
import type { Call } from '../syntax/ast.ts';
import { compareMetrics, metricName, type Interner, type Metric } from './metric.ts';
import { naturalOrder } from './naturalOrder.ts';
import type { VectorNode } from './nodes.ts';
import { perShape, VectorBuilder } from './vector.ts';

function relabel(call: Call, inner: VectorNode, change: (metric: Metric) => Metric): VectorNode {
	const out = new VectorBuilder();
	const changed = perShape((shape) => shape.map(change));
	return (context) => {
		const { shape, values } = inner(context);
		const into = out.like(changed(shape));
		for (let at = 0; at < shape.length; at += 1) into[at] = values[at] as number;
		return out.endUnique(call.start, call.end);
	};
}

/** Calls inside calls could double a value each time. */
const longestValue = 65_536;

/** What is put together may be longer by what the query itself holds. */
const longestText = longestValue + 200_000;

function tooLong(): PromqlFailure {
	return new PromqlFailure('limit', `label value would be longer than ${longestValue} characters`, 0, 0);
}

/** Sets one label. A name that was about to leave stays when it is set anew. */
function setLabel(interner: Interner, metric: Metric, name: string, value: string): Metric {
	if (value.length > longestValue) throw tooLong();
	return interner.with(metric, { [name]: value }, name === metricName ? false : metric.nameLeaves);
}

export function labelReplace(
	call: Call,
	inner: VectorNode,
	strings: readonly string[],
	interner: Interner
): VectorNode {
	const [target = '', replacement = '', source = '', pattern = ''] = strings;
	const compiled = compile(pattern, call);
	checkName(target, 'invalid destination label name in label_replace()', call);
	return relabel(call, inner, (metric) => {
		const match = compiled.matcher(metric.get(source));
		if (!match.matches()) return metric;
		const groups = Array.from({ length: match.groupCount() + 1 }, (_, at) => match.group(at) ?? '');
		const named = compiled.namedGroups();
		return setLabel(interner, metric, target, expand(replacement, groups, named));
	});
}

function compile(pattern: string, call: Call): ReturnType<typeof compileAnchored> {
	try {
		return compileAnchored(pattern, call.start, call.end);
	} catch (error) {
		if (error instanceof PromqlFailure && error.code === 'limit') throw error;
		throw new PromqlFailure(
			'execution',
			`invalid regular expression in label_replace(): ${pattern}`,
			call.start,
			call.end
		);
	}
}

/** Go's template of a replacement: `$1`, `${1}`, `$name`, `${name}`, and `$$` for a dollar. */
export function expand(template: string, groups: readonly string[], named: Readonly<Record<string, number>>): string {
	let size = template.length;
	return template.replace(
		/\$(?:\$|(\w+)|\{(\w+)\})/g,
		(whole, bare: string | undefined, braced: string | undefined) => {
			if (whole === '$$') return '$';
			const name = bare ?? braced ?? '';
			const value = groups[/^\d+$/.test(name) ? Number(name) : (named[name] ?? -1)] ?? '';
			if ((size += value.length) > longestText) throw tooLong();
			return value;
		}
	);
}

export function labelJoin(call: Call, inner: VectorNode, strings: readonly string[], interner: Interner): VectorNode {
	const [target = '', separator = '', ...sources] = strings;
	checkName(target, 'invalid destination label name in label_join()', call);
	for (const source of sources) checkName(source, 'invalid source label name in label_join()', call);
	return relabel(call, inner, (metric) => {
		const values = sources.map((source) => metric.get(source));
		const size = values.reduce((sum, value) => sum + value.length + separator.length, 0);
		if (size > longestText) throw tooLong();
		return setLabel(interner, metric, target, values.join(separator));
	});
}

function checkName(name: string, message: string, call: Call): void {
	if (!isLabelName(name))
		throw new PromqlFailure('execution', `${message}: ${quote(name).slice(1, -1)}`, call.start, call.end);
}

/** Orders samples by labels as people order them: `4m5` before `4m600`. */
export function sortByLabel(inner: VectorNode, labels: readonly string[], descending: boolean): VectorNode {
	const out = new VectorBuilder();
	const sign = descending ? -1 : 1;
	const order = perShape((shape) =>
		shape
			.map((_, at) => at)
			.sort((i, j) => {
				const [a, b] = [shape[i] as Metric, shape[j] as Metric];
				for (const label of labels) {
					const [x, y] = [a.get(label), b.get(label)];
					if (x !== y) return sign * naturalOrder(x, y);
				}
				return sign * compareMetrics(a, b);
			})
	);
	return (context) => {
		const { shape, values } = inner(context);
		out.begin();
		for (const at of order(shape)) out.push(shape[at] as Metric, values[at] as number);
		return out.end();
	};
}

/** Orders samples by value; NaN comes last either way. */
export function sortByValue(inner: VectorNode, descending: boolean): VectorNode {
	const out = new VectorBuilder();
	const sign = descending ? -1 : 1;
	return (context) => {
		const { shape, values } = inner(context);
		const order = shape.map((_, at) => at);
		order.sort((i, j) => {
			const x = values[i] as number;
			const y = values[j] as number;
			if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
			return x === y ? 0 : sign * (x < y ? -1 : 1);
		});
		out.begin();
		for (const at of order) out.push(shape[at] as Metric, values[at] as number);
		return out.end();
	};
}
