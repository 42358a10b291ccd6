import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { checkSignals } from '../../lib/lab/lint-signals.ts';
import { automationShare } from '../../lib/scenario/automation.ts';
import { lintScenario } from '../../lib/scenario/lint.ts';
import { loadTopology } from '../../lib/scenario/load.ts';
import type { Content } from '../../lib/scenario/lint/context.ts';
import type { Problem } from '../../lib/scenario/problem.ts';
import { checkPaths } from '../../lib/server/learning/paths.ts';
import { readFiles } from '../../lib/server/scenarios/registry.ts';
import { problemLine } from '../problems.ts';
import {
	filesOf,
	findFolder,
	foldersIn,
	fromHere,
	shippedFolder,
	topologiesOf,
	type ScenarioFolder
} from '../scenarios.ts';
import { printJson, readArgs } from '../usage.ts';

/** Checks scenarios, by id or path, a folder of them, or all that are shipped. Exit code 1 where there are errors. */
export async function run(args: string[]): Promise<number> {
	const { values, positionals } = readArgs(args, { json: { type: 'boolean', default: false } });
	const named = positionals.length > 0 ? positionals : [shippedFolder()];
	const parents = new Set(named.map(parentOf).filter((parent) => parent !== null));
	const folders = named.flatMap(foldersOf);
	const read: Content[] = [];
	const problems = [
		...[...parents].flatMap(topologyProblems),
		...[...parents].flatMap(pathProblems),
		...folders.flatMap((folder) =>
			fromHere(
				lintScenario(folder.slug, filesOf(folder), topologiesOf(folder), [
					checkSignals,
					({ content }) => void read.push(content)
				]),
				folder
			)
		)
	].filter(firstOfItsKind());
	const errors = problems.filter(({ severity }) => severity === 'error').length;
	const automation = automationShare(read);
	if (values.json) printJson({ scenarios: folders.map(({ slug }) => slug), errors, problems, automation });
	else {
		for (const problem of problems) console.log(problemLine(problem));
		const warnings = problems.length - errors;
		console.error(`${count(folders.length, 'scenario')}: ${count(errors, 'error')}, ${count(warnings, 'warning')}`);
		if (folders.length > 1)
			console.error(`${automation.automated} of ${automation.common} common remedies stand in runbooks as automation`);
	}
	return errors > 0 ? 1 : 0;
}

/** A path is a folder of scenarios when scenarios lie in it and none is there itself. */
function parentOf(name: string): string | null {
	const path = resolve(name);
	if (!existsSync(path) || !statSync(path).isDirectory() || existsSync(join(path, 'scenario.yaml'))) return null;
	if (basename(path) === '_topologies') return dirname(path);
	return foldersIn(path).some(({ slug }) => existsSync(join(path, slug, 'scenario.yaml'))) ? path : null;
}

function foldersOf(name: string): ScenarioFolder[] {
	const parent = parentOf(name);
	if (parent === null) return [findFolder(name)];
	return basename(resolve(name)) === '_topologies' ? [] : foldersIn(parent);
}

/** Topologies by themselves: also those that no scenario uses yet. */
function topologyProblems(parent: string): Problem[] {
	const files = readFiles(join(parent, '_topologies'));
	const ids = Object.keys(files)
		.filter((file) => file.endsWith('.yaml') && !file.endsWith('.rules.yaml'))
		.map((file) => file.replace(/\.yaml$/, ''));
	return fromHere(
		ids.flatMap((id) => loadTopology(id, files).problems),
		{ parent }
	);
}

/** Learning paths, where there are any: do they name what is there? */
function pathProblems(parent: string): Problem[] {
	const slugs = foldersIn(parent).map(({ slug }) => slug);
	return fromHere(checkPaths(parent, slugs).problems, { parent });
}

/** A fault of a shared topology is found again by every scenario on it: told once. */
function firstOfItsKind(): (problem: Problem) => boolean {
	const seen = new Set<string>();
	return (problem) => {
		const line = problemLine(problem);
		if (seen.has(line)) return false;
		seen.add(line);
		return true;
	};
}

function count(n: number, noun: string): string {
	return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
