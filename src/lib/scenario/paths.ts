/** Learning paths: reading them, checking what they name, and laying them over the library. */
import type { Files } from './load.ts';
import { suggestion } from './nearest.ts';
import { pathSchema, type LearningPath } from './path.schema.ts';
import { sortProblems, type Problem } from './problem.ts';
import { readWith, type Parsed } from './sources.ts';

/** What a path may name. */
export interface KnownNames {
	scenarios: readonly string[];
	/** Ids of the scorecard's dimensions. */
	dimensions: readonly string[];
}

/** What laying out a path needs of a scenario. */
export interface PathScenario {
	id: string;
	title: string;
	class: string;
	difficulty: number;
	team: string;
}

export interface PathStep<S extends PathScenario = PathScenario> {
	scenario: S;
	/** Empty where its author said nothing. */
	why: string;
	/** Dimensions to look at; null for the scenario's own objectives. */
	check: string[] | null;
}

/** `files` are those of `_paths`. One that cannot be read is reported, and the others are there all the same. */
export function readPaths(files: Files): { paths: Parsed<LearningPath>[]; problems: Problem[] } {
	const problems: Problem[] = [];
	const paths: Parsed<LearningPath>[] = [];
	for (const [name, text] of Object.entries(files).filter(([name]) => /\.ya?ml$/.test(name))) {
		const reading = readWith(pathSchema, `_paths/${name}`, text);
		if (!reading.ok) problems.push(...reading.problems);
		else if (paths.some(({ value }) => value.id === reading.parsed.value.id)) {
			const { id } = reading.parsed.value;
			problems.push(
				at(reading.parsed, ['id'], 'duplicate', `another path is called "${id}" already: choose another id`)
			);
		} else paths.push(reading.parsed);
	}
	paths.sort((a, b) => a.value.order - b.value.order || (a.value.id < b.value.id ? -1 : 1));
	return { paths, problems: sortProblems(problems) };
}

/** Names that nothing answers to. The steps that name a missing scenario are left out of the path; the rest stands. */
export function checkPath(path: Parsed<LearningPath>, known: KnownNames): Problem[] {
	const problems: Problem[] = [];
	const { steps, check, then } = path.value;
	const dimensions = (ids: readonly string[] | undefined, where: readonly (string | number)[]) =>
		ids?.forEach((id, index) => {
			if (known.dimensions.includes(id)) return;
			const message = `the scorecard has no dimension "${id}": ${suggestion(id, known.dimensions)}`;
			problems.push(at(path, [...where, index], 'unknown_dimension', message));
		});
	dimensions(check, ['check']);
	const seen = new Set<string>();
	steps.forEach((step, index) => {
		const place = ['steps', index, 'scenario'];
		if (!known.scenarios.includes(step.scenario)) {
			const message = `there is no scenario "${step.scenario}": ${suggestion(step.scenario, known.scenarios)}`;
			problems.push(at(path, place, 'unknown_scenario', message));
		} else if (seen.has(step.scenario)) {
			problems.push(at(path, place, 'duplicate', `"${step.scenario}" is a step of this path already: keep one`));
		}
		seen.add(step.scenario);
		dimensions(step.check, ['steps', index, 'check']);
	});
	if (steps.length === 0 && then === undefined) {
		problems.push(
			at(path, ['id'], 'empty_path', 'a path has steps, or says under `then` which scenarios belong to it')
		);
	}
	return sortProblems(problems);
}

/** The steps as they stand with this library: those named first, then what else fits, the easier ones first. */
export function stepsOf<S extends PathScenario>(path: LearningPath, library: readonly S[]): PathStep<S>[] {
	const named = path.steps
		.filter(({ scenario }, index) => path.steps.findIndex((step) => step.scenario === scenario) === index)
		.flatMap(({ scenario: id, why, check }): PathStep<S>[] => {
			const scenario = library.find((one) => one.id === id);
			return scenario ? [{ scenario, why: why ?? '', check: check ?? path.check ?? null }] : [];
		});
	const { then } = path;
	if (!then) return named;
	const rest = library
		.filter(({ id }) => !named.some(({ scenario }) => scenario.id === id))
		.filter((one) => then.classes?.includes(one.class) ?? true)
		.filter(({ difficulty }) => then.difficulty?.includes(difficulty) ?? true)
		.filter(({ team }) => (then.teams as readonly string[] | undefined)?.includes(team) ?? true)
		.sort((a, b) => a.difficulty - b.difficulty || (a.title < b.title ? -1 : 1));
	return [...named, ...rest.map((scenario) => ({ scenario, why: '', check: path.check ?? null }))];
}

function at(path: Parsed<LearningPath>, place: readonly (string | number)[], code: string, message: string): Problem {
	return { file: path.source.file, ...path.source.locate(place), code, message, severity: 'error' };
}
