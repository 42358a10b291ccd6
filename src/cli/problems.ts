import { formatProblem, type Problem } from '../lib/scenario/problem.ts';
import { printJson } from './usage.ts';

/** Prints problems as editors and CI read them; a warning says that it is one. */
export function problemLine(problem: Problem): string {
	const line = formatProblem(problem);
	return problem.severity === 'error' ? line : `${line} (warning)`;
}

/**
 * Tells that a file cannot be used: one line per problem on standard error or, where JSON was asked for, one document
 * `{error: {code, message, problems}}` on standard output. Returns the exit code.
 */
export function failWith(problems: readonly Problem[], json: boolean): number {
	const errors = problems.filter(({ severity }) => severity === 'error').length;
	if (json) {
		const message = `${errors} ${errors === 1 ? 'problem' : 'problems'} in what was given`;
		printJson({ error: { code: 'broken_file', message, problems } });
	} else {
		for (const problem of problems) console.error(problemLine(problem));
	}
	return 1;
}
