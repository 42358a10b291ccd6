import type { LintCheck } from './lint/check.ts';
import { loadScenario, type Files } from './load.ts';
import { sortProblems, type Problem } from './problem.ts';

/** All problems of a scenario, errors and warnings, in the order of its files. Arguments as `loadScenario`. */
export function lintScenario(
	slug: string,
	files: Files,
	topologies: Files,
	more: readonly LintCheck[] = []
): Problem[] {
	const loaded = loadScenario(slug, files, topologies, more);
	return sortProblems(loaded.ok ? loaded.warnings : loaded.problems);
}
