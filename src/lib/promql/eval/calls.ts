/** Compiles function calls. */
import { PromqlFailure } from '../result.ts';
import { unparen, type Call, type Expr } from '../syntax/ast.ts';
import { typeOf } from '../syntax/types.ts';
import { absentMatrix, absentVector } from './absent.ts';
import type { Compiler, Place } from './compile.ts';
import { histogramFraction, histogramQuantile, histogramQuantiles, nothing } from './histogramFunction.ts';
import { infoCall } from './info.ts';
import { labelJoin, labelReplace, sortByLabel, sortByValue } from './labelFunction.ts';
import { dateFunctions, valueFunctions } from './mathFunction.ts';
import type { Interner } from './metric.ts';
import type { ScalarNode, VectorNode } from './nodes.ts';
import { perValue } from './perValue.ts';
import { boundedRangeCall, rangeCall } from './rangeCall.ts';
import { rangeFunctions } from './rangeFunction.ts';
import { instantSelector } from './selector.ts';
import { createTiming } from './timing.ts';
import { emptyVector, VectorBuilder } from './vector.ts';

/** Compiles a call that gives a vector. */
export function vectorCall(compiler: Compiler, call: Call, place: Place): VectorNode {
	const { interner } = compiler;
	const { name, args } = call;
	const strings = args.filter((arg) => typeOf(arg) === 'string').map(stringOf);
	const scalars = () => args.filter((arg) => typeOf(arg) === 'scalar').map((arg) => compiler.scalarAt(arg, place));
	const vector = (at: number) => compiler.vectorAt(argument(call, at), place);
	if (Object.hasOwn(rangeFunctions, name)) {
		const arg = unparen(args.find((one) => typeOf(one) === 'matrix') ?? call);
		const inner = compiler.matrixAt(arg, place);
		if (arg.type === 'matrix' && arg.selector.bounds) return boundedRangeCall(call, arg, inner, interner);
		return rangeCall(call, inner, scalars(), interner);
	}
	const ofValue = valueFunctions[name];
	if (ofValue) return perValue(interner, call, vector(0), ofValue);
	const ofDate = dateFunctions[name];
	if (ofDate)
		return args.length > 0
			? perValue(interner, call, vector(0), ofDate)
			: constant(interner, (context) => ofDate(context.timeMs / 1000));
	switch (name) {
		case 'absent':
			return absentVector(call, vector(0), interner);
		case 'absent_over_time':
			return absentMatrix(call, compiler.matrixAt(argument(call, 0), place), interner);
		case 'clamp':
		case 'clamp_min':
		case 'clamp_max':
			return clamp(interner, call, vector(0), scalars());
		case 'round':
			return round(interner, call, vector(0), scalars()[0]);
		case 'timestamp':
			return timestamp(compiler, call, place);
		case 'vector': {
			const inner = compiler.scalarAt(argument(call, 0), place);
			return constant(interner, inner);
		}
		case 'sort':
		case 'sort_desc':
			return sortByValue(vector(0), name === 'sort_desc');
		case 'sort_by_label':
		case 'sort_by_label_desc':
			return sortByLabel(vector(0), strings, name === 'sort_by_label_desc');
		case 'label_replace':
			return labelReplace(call, vector(0), strings, interner);
		case 'label_join':
			return labelJoin(call, vector(0), strings, interner);
		case 'histogram_quantile':
			return histogramQuantile(call, compiler.scalarAt(argument(call, 0), place), vector(1), interner);
		case 'histogram_quantiles':
			return histogramQuantiles(call, vector(0), strings[0] ?? '', scalars(), interner);
		case 'histogram_fraction':
			return histogramFraction(
				call,
				compiler.scalarAt(argument(call, 0), place),
				compiler.scalarAt(argument(call, 1), place),
				vector(2),
				interner
			);
		case 'histogram_avg':
		case 'histogram_count':
		case 'histogram_sum':
		case 'histogram_stddev':
		case 'histogram_stdvar':
			return nothing(vector(0));
		case 'info': {
			const chosen = args[1] ? unparen(args[1]) : undefined;
			return infoCall(call, vector(0), chosen?.type === 'selector' ? chosen : undefined, place.scope, interner);
		}
		default:
			throw new PromqlFailure('execution', `function ${name} is not available`, call.start, call.end);
	}
}

/** One sample without labels. */
function constant(interner: Interner, value: ScalarNode): VectorNode {
	const out = new VectorBuilder();
	return (context) => {
		out.begin();
		out.push(interner.empty, value(context));
		return out.end();
	};
}

function clamp(interner: Interner, call: Call, inner: VectorNode, limits: readonly ScalarNode[]): VectorNode {
	const [first = () => NaN, second] = limits;
	let low = -Infinity;
	let high = Infinity;
	const clamped = perValue(interner, call, inner, (value) => Math.max(low, Math.min(high, value)));
	return (context) => {
		if (call.name !== 'clamp_max') low = first(context);
		if (call.name === 'clamp_max') high = first(context);
		if (second) high = second(context);
		return high < low ? emptyVector : clamped(context);
	};
}

function round(interner: Interner, call: Call, inner: VectorNode, nearest: ScalarNode | undefined): VectorNode {
	let inverse = 1;
	// Dividing by the inverse loses fewer digits than multiplying by the step.
	const rounded = perValue(interner, call, inner, (value) => Math.floor(value * inverse + 0.5) / inverse);
	return (context) => {
		inverse = nearest ? 1 / nearest(context) : 1;
		return rounded(context);
	};
}

/** The time of the sample where a selector stands directly inside, otherwise the moment of evaluation. */
function timestamp(compiler: Compiler, call: Call, place: Place): VectorNode {
	const { interner } = compiler;
	const arg = unparen(argument(call, 0));
	if (arg.type === 'selector') {
		const times = instantSelector(arg, createTiming(arg, place.scope), interner, compiler.isVolatile(arg), true);
		return perValue(interner, call, times, (value) => value);
	}
	let now = 0;
	const node = perValue(interner, call, compiler.vectorAt(arg, place), () => now);
	return (context) => {
		now = context.timeMs / 1000;
		return node(context);
	};
}

/** Compiles a call that gives a number. */
export function scalarCall(compiler: Compiler, call: Call, place: Place): ScalarNode {
	switch (call.name) {
		case 'time':
			return (context) => context.timeMs / 1000;
		case 'pi':
			return () => Math.PI;
		case 'start':
			return (context) => context.startMs / 1000;
		case 'end':
			return (context) => context.endMs / 1000;
		case 'step':
			return (context) => context.stepMs / 1000;
		case 'range':
			return (context) => (context.endMs - context.startMs) / 1000;
		case 'scalar': {
			const inner = compiler.vectorAt(argument(call, 0), place);
			return (context) => {
				const { shape, values } = inner(context);
				return shape.length === 1 ? (values[0] as number) : NaN;
			};
		}
		case 'min_of':
		case 'max_of': {
			const pick = call.name === 'min_of' ? Math.min : Math.max;
			const [a, b] = [compiler.scalarAt(argument(call, 0), place), compiler.scalarAt(argument(call, 1), place)];
			return (context) => pick(a(context), b(context));
		}
		default:
			throw new Error(`${call.name} is no scalar function`);
	}
}

function argument(call: Call, at: number): Expr {
	const arg = call.args[at];
	if (!arg)
		throw new PromqlFailure(
			'type',
			`expected at least ${at + 1} argument(s) in call to "${call.name}"`,
			call.start,
			call.end
		);
	return arg;
}

/** The text of a string argument, in parentheses or not. */
export function stringOf(expr: Expr): string {
	const bare = unparen(expr);
	return bare.type === 'string' ? bare.value : '';
}
