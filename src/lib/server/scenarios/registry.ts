// The scenarios on disk. A broken one is reported and the rest is offered all the same.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Golden } from '../../lab/golden.ts';
import type { CompiledScenario } from '../../scenario/library.ts';
import { loadScenario, type Files } from '../../scenario/load.ts';
import { formatProblem } from '../../scenario/problem.ts';
import { variantOffers } from '../../scenario/variants.ts';
import type { ScenarioCard } from '../../protocol/messages.ts';
import type { VariantChoice } from '../../protocol/variants.ts';
import type { Logger } from '../log.ts';
import type { BrokenScenario } from '../pages/types.ts';

export interface ScenarioRegistry {
	/** In the order of the home page: what one person can play first, then by difficulty. */
	readonly cards: ScenarioCard[];
	readonly broken: BrokenScenario[];
	find(id: string): CompiledScenario | null;
	/** How Muster's own players fared (`expected.json`); null where that was not written down. */
	reference(id: string): Golden | null;
	/** The files that it was read from, and those of the archetypes; null where they are not at hand. */
	source?(id: string): { files: Files; topologies: Files } | null;
	/** Other circumstances under which it can be played: those that its author wrote, and those of all scenarios that hold here. */
	variants(id: string): VariantChoice[];
}

/** Larger files are no scenario. */
const MOST_BYTES = 2 * 1024 * 1024;

/** All scenarios of a folder, or only those named. Each is read when it is first asked for, or by `warm`. */
export function readScenarios(folder: string, log: Logger, only?: readonly string[]): Scenarios {
	return new Scenarios(folder, log, only ?? slugsIn(folder));
}

export class Scenarios implements ScenarioRegistry {
	#folder: string;
	#log: Logger;
	#topologies: Files;
	/** Not yet read. */
	#waiting: Set<string>;
	#found = new Map<string, CompiledScenario>();
	#references = new Map<string, Golden | null>();
	#broken: BrokenScenario[] = [];

	constructor(folder: string, log: Logger, slugs: readonly string[]) {
		this.#folder = folder;
		this.#log = log;
		this.#topologies = readFiles(join(folder, '_topologies'));
		this.#waiting = new Set(slugs);
	}

	get cards(): ScenarioCard[] {
		this.#readAll();
		return [...this.#found.values()]
			.map((compiled) => cardOf(compiled, this.reference(compiled.scenario.id)))
			.sort(byEase);
	}

	get broken(): BrokenScenario[] {
		this.#readAll();
		return this.#broken;
	}

	find(id: string): CompiledScenario | null {
		if (this.#waiting.has(id)) this.#read(id);
		return this.#found.get(id) ?? null;
	}

	reference(id: string): Golden | null {
		if (!this.find(id)) return null;
		const known = this.#references.get(id);
		if (known !== undefined) return known;
		const golden = this.#readReference(id);
		this.#references.set(id, golden);
		return golden;
	}

	variants(id: string): VariantChoice[] {
		const compiled = this.find(id);
		if (!compiled) return [];
		const proven = this.reference(id)?.variants;
		return variantOffers(compiled).filter((offer) => offer.written || proven?.[offer.id] !== false);
	}

	#readReference(id: string): Golden | null {
		const file = join(this.#folder, id, 'expected.json');
		try {
			return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Golden) : null;
		} catch (error) {
			// The scenario can be played all the same.
			this.#log.error({ scenario: id, problem: String(error) }, 'expected.json cannot be read');
			return null;
		}
	}

	source(id: string): { files: Files; topologies: Files } | null {
		return this.find(id) ? { files: readFiles(join(this.#folder, id)), topologies: this.#topologies } : null;
	}

	/** Reads the rest, one at a time, with a turn for everybody else in between. */
	async warm(closing: AbortSignal): Promise<void> {
		for (const slug of [...this.#waiting]) {
			await new Promise((resolve) => setTimeout(resolve, 20));
			if (closing.aborted) return;
			if (this.#waiting.has(slug)) this.#read(slug);
		}
	}

	#readAll(): void {
		for (const slug of [...this.#waiting]) this.#read(slug);
	}

	#read(slug: string): void {
		this.#waiting.delete(slug);
		const problem = this.#load(slug);
		if (problem === null) return;
		this.#broken.push({ id: slug, message: problem });
		this.#log.error({ scenario: slug, problem }, 'a scenario cannot be loaded');
	}

	/** Null where it is a good one, else the first thing that is wrong with it. */
	#load(slug: string): string | null {
		try {
			const loaded = loadScenario(slug, readFiles(join(this.#folder, slug)), this.#topologies);
			if (loaded.ok) this.#found.set(slug, loaded.compiled);
			const [first] = loaded.ok ? [] : loaded.problems;
			return loaded.ok ? null : first ? formatProblem(first) : 'It cannot be read.';
		} catch (error) {
			return error instanceof Error ? error.message : String(error);
		}
	}
}

/** What a trainee may know before joining. */
export function cardOf({ scenario }: CompiledScenario, golden: Golden | null = null): ScenarioCard {
	const { id, title, synopsis, difficulty, minutes, team, severity, skills, tags } = scenario;
	return {
		id,
		title,
		synopsis,
		class: scenario.class,
		difficulty,
		...(golden?.difficulty && { measured: golden.difficulty.level }),
		minutes,
		team,
		severity: severity.level,
		skills,
		tags
	};
}

const TEAMS = ['solo', 'pair', 'squad', 'multi-team'];

/** What one person can play first, then by difficulty. */
export function byEase(a: ScenarioCard, b: ScenarioCard): number {
	return TEAMS.indexOf(a.team) - TEAMS.indexOf(b.team) || a.difficulty - b.difficulty || (a.title < b.title ? -1 : 1);
}

/** Folders of scenarios, sorted; those that begin with `_` or `.` hold something else. */
export function slugsIn(folder: string): string[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder)
		.filter((name) => !/^[_.]/.test(name) && statSync(join(folder, name)).isDirectory())
		.sort();
}

/** Texts of a folder by their path in it: YAML and Markdown, none of them huge. */
export function readFiles(folder: string): Files {
	if (!existsSync(folder)) return {};
	return Object.fromEntries(
		readdirSync(folder, { withFileTypes: true, recursive: true })
			.filter((entry) => entry.isFile() && /\.(ya?ml|md)$/.test(entry.name))
			.map((entry) => join(entry.parentPath, entry.name))
			.filter((file) => statSync(file).size <= MOST_BYTES)
			.map((file) => [relative(folder, file).split(sep).join('/'), readFileSync(file, 'utf8')])
	);
}
