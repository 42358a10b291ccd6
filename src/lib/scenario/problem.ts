/**
 * What is wrong with a scenario, where, and how to mend it. Lines and columns count from one; `file` is relative to the
 * scenarios' folder (`memory-leak/scenario.yaml`, `_topologies/saas.yaml`).
 */
export interface Problem {
	file: string;
	line: number;
	column: number;
	/** Stable, with underscores: `schema`, `unknown_state`, … */
	code: string;
	message: string;
	/** An error keeps the scenario from loading; a warning is advice. */
	severity: 'error' | 'warning';
}

/** Problems in the order a reader meets them. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
	return [...problems].sort(
		(a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.code, b.code)
	);
}

/** `file:line:column: code: message`, as compilers print it. */
export function formatProblem(problem: Problem): string {
	return `${problem.file}:${problem.line}:${problem.column}: ${problem.code}: ${problem.message}`;
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
