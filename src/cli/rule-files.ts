// Rule files that are given to a command, and what they are checked against.

import { readFileSync, statSync } from 'node:fs';
import { knownMetrics, type Renaming } from '../lib/lab/rehearse/known-metrics.ts';
import type { KnownMetrics } from '../lib/promql/index.ts';
import type { CompiledScenario } from '../lib/scenario/library.ts';
import { MAX_FILE_CHARACTERS } from '../lib/scenario/yaml-source.ts';
import { foldersIn, openScenario, shippedFolder } from './scenarios.ts';
import { CommandError, UsageError } from './usage.ts';

/** The text of a file. Throws CommandError where it is not there or larger than anybody's rules. */
export function readText(path: string): string {
	const found = statSync(path, { throwIfNoEntry: false });
	if (!found?.isFile()) throw new CommandError('no_file', `there is no file ${path}`);
	// A character takes up to four bytes.
	if (found.size > 4 * MAX_FILE_CHARACTERS) throw new CommandError('too_large', `${path} is larger than 4 MiB`);
	return readFileSync(path, 'utf8');
}

/** The scenarios of a comma-separated list, or all that are shipped. */
export function scenariosOf(list: string | undefined): CompiledScenario[] {
	const names = list?.split(',').map((name) => name.trim()) ?? foldersIn(shippedFolder()).map(({ slug }) => slug);
	return names.filter(Boolean).map((name) => {
		const found = openScenario(name);
		if (!found.ok) throw new UsageError(`${name} does not load: muster lint ${name}`);
		return found.compiled;
	});
}

/** What the shipped scenarios measure. */
export function knownToScenarios(rename?: Renaming): KnownMetrics {
	return knownMetrics(scenariosOf(undefined), rename);
}
