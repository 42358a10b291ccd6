/** Names and signatures of all functions. `optional` counts arguments past the required; -1 is any number of the last. */
import type { ValueType } from './ast.ts';

export interface Signature {
	readonly args: readonly ValueType[];
	/** How many of `args` (counted from the end) may be left out, plus repeats of the last; -1 for any number. */
	readonly variadic: number;
	readonly returns: ValueType;
}

const signature = (args: readonly ValueType[], variadic = 0, returns: ValueType = 'vector'): Signature => ({
	args,
	variadic,
	returns
});

const ofVector = [
	'abs',
	'absent',
	'acos',
	'acosh',
	'asin',
	'asinh',
	'atan',
	'atanh',
	'ceil',
	'cos',
	'cosh',
	'deg',
	'exp',
	'floor',
	'histogram_avg',
	'histogram_count',
	'histogram_sum',
	'histogram_stddev',
	'histogram_stdvar',
	'ln',
	'log10',
	'log2',
	'rad',
	'sgn',
	'sin',
	'sinh',
	'sort',
	'sort_desc',
	'sqrt',
	'tan',
	'tanh',
	'timestamp'
];
const ofMatrix = [
	'absent_over_time',
	'avg_over_time',
	'changes',
	'count_over_time',
	'delta',
	'deriv',
	'first_over_time',
	'idelta',
	'increase',
	'irate',
	'last_over_time',
	'mad_over_time',
	'max_over_time',
	'min_over_time',
	'present_over_time',
	'rate',
	'resets',
	'stddev_over_time',
	'stdvar_over_time',
	'sum_over_time',
	'ts_of_first_over_time',
	'ts_of_last_over_time',
	'ts_of_max_over_time',
	'ts_of_min_over_time'
];
const ofDate = ['day_of_month', 'day_of_week', 'day_of_year', 'days_in_month', 'hour', 'minute', 'month', 'year'];
const constants = ['end', 'pi', 'range', 'start', 'step', 'time'];

const table: [string, Signature][] = [
	...ofVector.map((name): [string, Signature] => [name, signature(['vector'])]),
	...ofMatrix.map((name): [string, Signature] => [name, signature(['matrix'])]),
	...ofDate.map((name): [string, Signature] => [name, signature(['vector'], 1)]),
	...constants.map((name): [string, Signature] => [name, signature([], 0, 'scalar')]),
	['clamp', signature(['vector', 'scalar', 'scalar'])],
	['clamp_max', signature(['vector', 'scalar'])],
	['clamp_min', signature(['vector', 'scalar'])],
	['double_exponential_smoothing', signature(['matrix', 'scalar', 'scalar'])],
	['histogram_fraction', signature(['scalar', 'scalar', 'vector'])],
	['histogram_quantile', signature(['scalar', 'vector'])],
	['histogram_quantiles', signature(['vector', 'string', 'scalar', 'scalar'], 9)],
	['info', signature(['vector', 'vector'], 1)],
	['label_join', signature(['vector', 'string', 'string', 'string'], -1)],
	['label_replace', signature(['vector', 'string', 'string', 'string', 'string'])],
	['max_of', signature(['scalar', 'scalar'], 0, 'scalar')],
	['min_of', signature(['scalar', 'scalar'], 0, 'scalar')],
	['predict_linear', signature(['matrix', 'scalar'])],
	['quantile_over_time', signature(['scalar', 'matrix'])],
	['round', signature(['vector', 'scalar'], 1)],
	['scalar', signature(['vector'], 0, 'scalar')],
	['sort_by_label', signature(['vector', 'string'], -1)],
	['sort_by_label_desc', signature(['vector', 'string'], -1)],
	['vector', signature(['scalar'])]
];

export const functions: ReadonlyMap<string, Signature> = new Map(table);
