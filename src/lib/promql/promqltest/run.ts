/** Runs scripts of the PromQL test language against this evaluator. */
import { evaluateInstant, evaluateRange } from '../evaluate.ts';
import { parse } from '../parse.ts';
import type { Query } from '../query.ts';
import type { Result } from '../result.ts';
import { typeOf } from '../syntax/types.ts';
import type { Evaluation, Value } from '../value.ts';
import { compareAnnotations, compareInstant, compareMatrix, matches } from './compare.ts';
import { TestData } from './data.ts';
import { parseScript, type Command, type Expectations } from './script.ts';

export interface Outcome {
	readonly line: number;
	readonly message: string;
}

export interface TestReport {
	readonly passed: number;
	readonly failed: readonly Outcome[];
	/** Evaluations that select or expect a native histogram. */
	readonly skipped: readonly Outcome[];
}

type Evaluate = Extract<Command, { type: 'instant' | 'range' }>;

/** The test engine keeps names to the end of a query, as upstream's does. */
const options = { delayedNameRemoval: true };

/** Runs one script from its text. Loads are not counted; each evaluation passes, fails or is skipped. */
export function runPromqlTest(text: string): TestReport {
	let data = new TestData();
	let passed = 0;
	const failed: Outcome[] = [];
	const skipped: Outcome[] = [];
	for (const command of parseScript(text)) {
		const { line } = command;
		switch (command.type) {
			case 'clear':
				data = new TestData();
				break;
			case 'load':
				data.load(command.series, command.stepMs, command.withNative);
				break;
			case 'invalid':
				failed.push({ line, message: command.message });
				break;
			case 'instant':
			case 'range': {
				data.reachedNative = false;
				const problem = check(command, data);
				const native = data.reachedNative ? 'selects' : expectsNative(command.expectations) ? 'expects' : undefined;
				if (native) skipped.push({ line, message: `${native} a native histogram: ${command.query}` });
				else if (problem === undefined) passed += 1;
				else failed.push({ line, message: `${command.query}: ${problem}` });
				break;
			}
		}
	}
	return { passed, failed, skipped };
}

function expectsNative({ series }: Expectations): boolean {
	return series.some(({ values }) => values.some(({ type }) => type === 'native'));
}

function check(command: Evaluate, data: TestData): string | undefined {
	const { expectations } = command;
	const query = parse(command.query);
	if (!query.ok)
		return expectations.fail.length > 0
			? undefined
			: `${query.error.position.line}:${query.error.position.column}: ${query.error.message}`;
	if (command.type === 'range') {
		const { span } = command;
		return judge(evaluateRange(query.value, data, span, options), expectations, (value) =>
			value.type === 'matrix' ? compareMatrix(value.series, expectations, span) : `got ${value.type}`
		);
	}
	const result = evaluateInstant(query.value, data, expectations.rangeVector?.endMs ?? command.timeMs, options);
	const problem = judge(result, expectations, (value) => compareInstant(value, expectations));
	return problem === undefined && !data.reachedNative ? checkAsRange(query.value, command, data) : problem;
}

function judge(
	result: Result<Evaluation>,
	expected: Expectations,
	compare: (value: Value) => string | undefined
): string | undefined {
	if (!result.ok) {
		const { message } = result.error;
		if (expected.fail.length === 0) return `failed: ${message}`;
		return expected.fail.every((matching) => matches(matching, message))
			? undefined
			: `failed otherwise than expected: ${message}`;
	}
	if (expected.fail.length > 0) return 'expected to fail, but succeeded';
	return compareAnnotations(result.value.annotations, expected) ?? compare(result.value.value);
}

/** An instant query must give the same as the middle step of a range query around it. */
function checkAsRange(
	query: Query,
	command: Extract<Evaluate, { type: 'instant' }>,
	data: TestData
): string | undefined {
	const { expectations, timeMs } = command;
	const type = typeOf(query.root);
	const dependsOnRange = /\b(start|end|step|range)\s*\(/.test(query.text);
	if (
		expectations.fail.length > 0 ||
		expectations.ordered ||
		dependsOnRange ||
		(type !== 'vector' && type !== 'scalar')
	)
		return undefined;
	const span = { startMs: timeMs - 60_000, endMs: timeMs + 60_000, stepMs: 60_000 };
	const result = evaluateRange(query, data, span, options);
	// The neighbours may fail, or reach a native histogram, where the middle does not.
	const reached = data.reachedNative;
	data.reachedNative = false;
	if (reached || !result.ok || result.value.value.type !== 'matrix') return undefined;
	const middle = result.value.value.series.flatMap(({ labels, times, values }) => {
		const at = times.indexOf(timeMs);
		return at < 0 ? [] : [{ labels, value: values[at] ?? NaN, timeMs }];
	});
	const [first] = middle;
	const value: Value =
		type === 'scalar' ? { type, value: first?.value ?? NaN, timeMs } : { type: 'vector', samples: middle };
	const problem = compareInstant(value, expectations);
	return problem === undefined ? undefined : `as a range query: ${problem}`;
}
