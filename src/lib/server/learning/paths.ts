// The learning paths on disk. What is wrong with one is reported, and the rest is offered all the same.

import { join } from 'node:path';
import type { LearningPath } from '../../scenario/path.schema.ts';
import { checkPath, readPaths } from '../../scenario/paths.ts';
import { formatProblem, type Problem } from '../../scenario/problem.ts';
import { DIMENSION_IDS } from '../../scoring/index.ts';
import type { Muster } from '../muster.ts';
import { readFiles, slugsIn } from '../scenarios/registry.ts';

export interface Paths {
	paths: LearningPath[];
	/** `file:line:column: code: message` */
	problems: string[];
}

const kept = new WeakMap<Muster, Paths>();

/** Read once; what they name is looked up among the scenarios that were offered then. */
export function pathsOf(muster: Muster): Paths {
	const known = kept.get(muster);
	if (known) return known;
	const folder = join(muster.config.root, 'scenarios');
	const offered = muster.scenarios.cards.map(({ id }) => id);
	const { paths, problems } = checkPaths(folder, [...offered, ...slugsIn(folder)]);
	for (const problem of problems) muster.log.warn({ problem: formatProblem(problem) }, 'a learning path names nothing');
	const result = { paths, problems: problems.map(formatProblem) };
	kept.set(muster, result);
	return result;
}

/** The paths of a folder of scenarios, and what is wrong with them. */
export function checkPaths(
	folder: string,
	scenarios: readonly string[]
): { paths: LearningPath[]; problems: Problem[] } {
	const read = readPaths(readFiles(join(folder, '_paths')));
	const known = { scenarios, dimensions: DIMENSION_IDS };
	return {
		paths: read.paths.map(({ value }) => value),
		problems: [...read.problems, ...read.paths.flatMap((path) => checkPath(path, known))]
	};
}
