// What a team brings of its own: runbooks (Markdown) and systems (YAML), from the folder that RUNBOOKS_DIR names and from uploads
// in the settings. A bad file is reported with its line, and the rest is there all the same.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { loadTopology, type Files } from '../../scenario/load.ts';
import {
	alertsOf,
	checkOwnRunbook,
	MOST_RUNBOOK_CHARACTERS,
	readOwnRunbook,
	type OwnRunbook
} from '../../scenario/own-runbook.ts';
import { checkOwnTopology, readOwnTopology, type OwnTopology } from '../../scenario/own-topology.ts';
import { formatProblem } from '../../scenario/problem.ts';
import type { Topology } from '../../scenario/scenario.schema.ts';
import type { Storage } from '../db/storage.ts';
import type { Muster } from '../muster.ts';
import { readFiles } from '../scenarios/registry.ts';
import { storedFilesSchema, type StoredFile } from './files.schema.ts';

export const TEAM_FILES = 'team_files';
/** Most files of the folder; what lies deeper than this is not a team's folder of runbooks. */
const MOST_FILES = 500;

export interface TeamFile {
	name: string;
	from: 'folder' | 'upload';
	kind: 'runbook' | 'system';
	/** What it is called; null where it cannot be used. */
	title: string | null;
	/** For whom it is on offer, in words; empty where it cannot be used. */
	offered: string;
}

export interface TeamFiles {
	files: TeamFile[];
	runbooks: OwnRunbook[];
	systems: OwnTopology[];
	/** `file:line:column: code: message`, faults first and advice after. */
	problems: string[];
}

/** Read anew each time: a folder changes under us, and runs keep what they began with. */
export async function readTeamFiles({
	config,
	storage,
	scenarios
}: Pick<Muster, 'config' | 'storage' | 'scenarios'>): Promise<TeamFiles> {
	const found = config.runbooksDir === null ? { files: [], problems: [] } : filesIn(config.runbooksDir);
	const uploaded = await readUploads(storage);
	const known = {
		scenarios: scenarios.cards.map(({ id }) => id),
		alerts: new Set(scenarios.cards.flatMap(({ id }) => alertsOf(scenarios.find(id) ?? { rules: { groups: [] } })))
	};
	const result: TeamFiles = { files: [], runbooks: [], systems: [], problems: [...found.problems] };
	const advice: string[] = [];
	const archetypes = archetypesIn(join(config.root, 'scenarios', '_topologies'));
	const all = [
		...found.files.map((file) => ({ ...file, from: 'folder' as const })),
		...uploaded.map((file) => ({ ...file, from: 'upload' as const }))
	];
	for (const { name, text, from } of all) {
		const kind = /\.ya?ml$/i.test(name) ? 'system' : 'runbook';
		const taken =
			kind === 'system' ? takeSystem(name, text, archetypes, result) : takeRunbook(name, text, known, result, advice);
		result.files.push({ name, from, kind, title: taken?.title ?? null, offered: taken?.offered ?? '' });
	}
	result.problems.push(...advice);
	return result;
}

interface Taken {
	title: string;
	offered: string;
}

function takeRunbook(
	name: string,
	text: string,
	known: Parameters<typeof checkOwnRunbook>[1],
	result: TeamFiles,
	advice: string[]
): Taken | null {
	const reading = readOwnRunbook(name, text);
	if (!reading.ok) {
		result.problems.push(...reading.problems.map(formatProblem));
		return null;
	}
	const { value } = reading.parsed;
	if (result.runbooks.some(({ id }) => id === value.id)) {
		result.problems.push(
			`${name}:1:1: duplicate: another runbook has the id "${value.id}": give this one an \`id:\` of its own`
		);
		return null;
	}
	result.runbooks.push(value);
	advice.push(...checkOwnRunbook(reading.parsed, known).map(formatProblem));
	const { scenarios, alerts, steps } = value;
	const where = scenarios.includes('*')
		? 'every scenario'
		: scenarios.length > 0
			? scenarios.join(', ')
			: alerts.join(', ');
	return { title: value.name, offered: where === '' ? 'nowhere' : `${where} · ${steps.length} steps` };
}

function takeSystem(name: string, text: string, archetypes: readonly Topology[], result: TeamFiles): Taken | null {
	const reading = readOwnTopology(name, text);
	const problems = reading.ok ? checkOwnTopology(reading.parsed, archetypes) : reading.problems;
	if (!reading.ok || problems.length > 0) {
		result.problems.push(...problems.map(formatProblem));
		return null;
	}
	const { value } = reading.parsed;
	if (result.systems.some(({ id }) => id === value.id)) {
		result.problems.push(`${name}:1:1: duplicate: another system has the id "${value.id}": choose another`);
		return null;
	}
	result.systems.push(value);
	return { title: value.name, offered: `scenarios on ${value.base} · ${Object.keys(value.services).length} services` };
}

export async function readUploads(storage: Storage): Promise<StoredFile[]> {
	const stored = storedFilesSchema.safeParse(await storage.readSetting(TEAM_FILES));
	return stored.success ? stored.data : [];
}

/** Texts of a folder, none of them huge; links are not followed, hidden folders not entered. */
function filesIn(folder: string): { files: StoredFile[]; problems: string[] } {
	const problems: string[] = [];
	const files: StoredFile[] = [];
	if (!existsSync(folder) || !statSync(folder).isDirectory()) {
		return { files, problems: [`${folder}:1:1: no_folder: RUNBOOKS_DIR names a folder that is not there`] };
	}
	const waiting = [folder];
	for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
		for (const entry of readdirSync(at, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
			if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
			const path = join(at, entry.name);
			if (entry.isDirectory()) waiting.push(path);
			if (!entry.isFile() || !/\.(md|markdown|ya?ml)$/i.test(entry.name)) continue;
			const name = relative(folder, path).split(sep).join('/');
			if (files.length >= MOST_FILES || waiting.length > MOST_FILES) {
				problems.push(`${name}:1:1: too_many: the folder holds more than ${MOST_FILES} files: the rest is not read`);
				return { files, problems };
			}
			const text = readText(path);
			if (text === null) problems.push(`${name}:1:1: not_text: larger than 1 MiB or not UTF-8: it is left out`);
			else files.push({ name, text });
		}
	}
	return { files, problems };
}

function readText(path: string): string | null {
	try {
		if (statSync(path).size > 4 * MOST_RUNBOOK_CHARACTERS) return null;
		return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
	} catch {
		return null;
	}
}

function archetypesIn(folder: string): Topology[] {
	const files: Files = readFiles(folder);
	return Object.keys(files)
		.filter((name) => name.endsWith('.yaml') && !name.endsWith('.rules.yaml'))
		.flatMap((name) => loadTopology(name.replace(/\.yaml$/, ''), files).topology ?? []);
}
