// Which files a scenario may consist of, and how much of them: whatever comes from outside passes here.

import { refuse, type Refusal } from '../../incident/refusal.ts';
import { yamlSlug } from '../../scenario/starter/starter.ts';
import type { ScenarioFiles } from '../db/authored-storage.ts';
import { isStorableText } from '../well-formed.ts';

const MOST_FILES = 60;
/** As the reader of YAML takes. */
const MOST_CHARACTERS = 1024 * 1024;
const MOST_IN_ALL = 3 * 1024 * 1024;

export const SLUG = /^[a-z0-9][a-z0-9_-]{1,79}$/;
const FILE = /^(scenario\.yaml|rules\.yaml|runbooks\/[a-z0-9][a-z0-9_-]{0,79}\.md)$/;

export type CheckedFiles = { ok: true; files: Record<string, string>; leftOut: string[] } | Refusal;

/** Null where a new scenario may have that name, else why not. */
export function slugProblem(id: string): string | null {
	if (SLUG.test(id)) return null;
	return `"${id.slice(0, 80)}" cannot name a scenario: use two to eighty small letters, digits, - and _, beginning with a letter or digit.`;
}

/** Whether a scenario may have a file of that path. */
export function isScenarioFile(path: string): boolean {
	return FILE.test(path);
}

/** Files as a save brings them: every one must be one that a scenario has. */
export function checkFiles(files: ScenarioFiles): Refusal | null {
	const paths = Object.keys(files);
	if (paths.length > MOST_FILES) return refuse('too_large', `A scenario has ${MOST_FILES} files at most.`);
	let total = 0;
	for (const path of paths) {
		const text = files[path] ?? '';
		if (!FILE.test(path)) {
			return refuse(
				'malformed',
				`"${path.slice(0, 100)}" is no file of a scenario: there are scenario.yaml, rules.yaml and runbooks/<name>.md.`
			);
		}
		if (text.length > MOST_CHARACTERS) return refuse('too_large', `${path} is larger than 1 MiB: shorten it.`);
		if (!isStorableText(text))
			return refuse('malformed', `${path} holds characters that cannot be stored (NUL or half of a pair).`);
		total += text.length;
	}
	if (total > MOST_IN_ALL) return refuse('too_large', 'All files together are larger than 3 MiB: shorten them.');
	if (!Object.hasOwn(files, 'scenario.yaml')) {
		return refuse('incomplete', 'There is no scenario.yaml among the files: every scenario begins with one.');
	}
	return null;
}

/**
 * Files as a folder or an archive brings them: the folder they lie in is taken off, what a scenario has no use for is left
 * out and named, everything else is held to the same limits as a save.
 */
export function takeFiles(brought: Readonly<Record<string, string>>): CheckedFiles {
	const paths = Object.keys(brought).map((path) => path.replaceAll('\\', '/').replace(/^\.\//, ''));
	const root = rootOf(paths);
	if (root === null) {
		return refuse('incomplete', 'There is no scenario.yaml in what was given: choose the folder of one scenario.');
	}
	const files: Record<string, string> = {};
	const leftOut: string[] = [];
	for (const [index, path] of paths.entries()) {
		const inside = path.startsWith(root) ? path.slice(root.length) : null;
		const text = Object.values(brought)[index] ?? '';
		// A mark at the beginning would be the first character of the YAML.
		if (inside !== null && FILE.test(inside)) files[inside] = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
		else if (!path.endsWith('/')) leftOut.push(path);
	}
	const refusal = checkFiles(files);
	return refusal ?? { ok: true, files, leftOut };
}

/** The folder that holds the shallowest scenario.yaml, with its slash; null where there is none, or several as shallow. */
function rootOf(paths: readonly string[]): string | null {
	const found = paths
		.filter((path) => /(^|\/)scenario\.yaml$/.test(path))
		.map((path) => path.slice(0, -'scenario.yaml'.length))
		.sort((a, b) => a.split('/').length - b.split('/').length);
	const [first, second] = found;
	if (first === undefined) return null;
	return second !== undefined && second.split('/').length === first.split('/').length ? null : first;
}

/** The same files under another name: the id in scenario.yaml follows, everything else stays as it was written. */
export function renamed(files: ScenarioFiles, id: string): Record<string, string> {
	const text = files['scenario.yaml'] ?? '';
	return { ...files, 'scenario.yaml': text.replace(/^id:[^\n]*$/m, `id: ${yamlSlug(id)}`) };
}
