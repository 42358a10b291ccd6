// Where the command finds scenarios: those that are shipped, by id, and any folder by its path.

import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { readFiles, slugsIn } from '../lib/server/scenarios/registry.ts';
import type { CompiledScenario } from '../lib/scenario/library.ts';
import { loadScenario, type Files } from '../lib/scenario/load.ts';
import { nearest, suggestion } from '../lib/scenario/nearest.ts';
import type { Problem } from '../lib/scenario/problem.ts';
import { root } from './build.ts';
import { UsageError } from './usage.ts';

/** A scenario's place on disk. */
export interface ScenarioFolder {
	/** Name of the folder, which is also the scenario's id. */
	slug: string;
	/** The folder that holds it, where shared topologies may stand in `_topologies`. */
	parent: string;
}

/** The shipped scenarios. */
export function shippedFolder(): string {
	return join(process.env.MUSTER_ROOT || root, 'scenarios');
}

/** Every scenario in a folder of scenarios, sorted. */
export function foldersIn(parent: string): ScenarioFolder[] {
	return slugsIn(parent).map((slug) => ({ slug, parent }));
}

/**
 * The scenario that a word of the command names: the id of a shipped one, or the path of a folder or of its scenario.yaml.
 * Throws UsageError with the nearest names where there is none.
 */
export function findFolder(name: string): ScenarioFolder {
	const shipped = shippedFolder();
	const slugs = slugsIn(shipped);
	if (slugs.includes(name)) return { slug: name, parent: shipped };
	const path = resolve(name);
	if (existsSync(path)) {
		const folder = statSync(path).isDirectory() ? path : dirname(path);
		if (existsSync(join(folder, 'scenario.yaml'))) return { slug: basename(folder), parent: dirname(folder) };
		throw new UsageError(`${name} is no scenario: there is no scenario.yaml in it`);
	}
	throw new UsageError(`there is no scenario "${name}": ${meant(basename(name), slugs)}`);
}

/** People often type the beginning of an id alone: that counts as near, too. */
function meant(name: string, slugs: readonly string[]): string {
	const begins = slugs.find((slug) => nearest(name, [slug.slice(0, name.length)]) !== null);
	return nearest(name, slugs) === null && begins !== undefined ? `did you mean "${begins}"?` : suggestion(name, slugs);
}

export function filesOf({ slug, parent }: ScenarioFolder): Files {
	return readFiles(join(parent, slug));
}

/** Topologies beside the scenario; the shipped ones where there are none. */
export function topologiesOf({ parent }: ScenarioFolder): Files {
	const own = join(parent, '_topologies');
	return readFiles(existsSync(own) ? own : join(shippedFolder(), '_topologies'));
}

/** Problems name their files from the folder of scenarios on; people want them from where they stand. */
export function fromHere(problems: readonly Problem[], { parent }: Pick<ScenarioFolder, 'parent'>): Problem[] {
	return problems.map((problem) => {
		const beside = join(parent, problem.file);
		const file = existsSync(beside) ? beside : join(shippedFolder(), problem.file);
		return { ...problem, file: relative(process.cwd(), existsSync(file) ? file : beside) };
	});
}

export type FoundScenario = { ok: true; compiled: CompiledScenario } | { ok: false; problems: Problem[] };

/** Finds and loads a scenario. Throws UsageError where there is none. */
export function openScenario(name: string): FoundScenario {
	const folder = findFolder(name);
	const loaded = loadScenario(folder.slug, filesOf(folder), topologiesOf(folder));
	return loaded.ok ? loaded : { ok: false, problems: fromHere(loaded.problems, folder) };
}
