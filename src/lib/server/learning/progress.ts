// How far somebody is on a learning path: their runs laid over its steps. Pure.

import { ROLE_NAMES } from '../../incident/role.ts';
import type { NextStep, PathStepView, PathView, RunCheck } from '../../protocol/learning.ts';
import type { ScenarioCard } from '../../protocol/messages.ts';
import type { LearningPath } from '../../scenario/path.schema.ts';
import { stepsOf, type PathStep } from '../../scenario/paths.ts';
import { DIMENSION_NAMES } from '../../scoring/index.ts';
import { skillCheck } from '../../scoring/skill-check.ts';
import type { PlayedRun } from './own-runs.ts';

type Step = PathStep<ScenarioCard>;

/** `runs` newest first. */
export function progressOf(path: LearningPath, library: readonly ScenarioCard[], runs: readonly PlayedRun[]): PathView {
	const steps = stepsOf(path, library).map((step) => stepView(path, step, runs));
	const next = steps.findIndex(({ state }) => state !== 'passed');
	return {
		id: path.id,
		title: path.title,
		about: path.about,
		seat: path.seat ?? null,
		steps,
		passed: steps.filter(({ state }) => state === 'passed').length,
		next: next === -1 ? null : next
	};
}

function stepView(path: LearningPath, step: Step, runs: readonly PlayedRun[]): PathStepView {
	const { id, title, difficulty, minutes, team } = step.scenario;
	const of = runs.filter(({ scenarioId }) => scenarioId === id);
	const counting = of.filter((run) => whyNot(path, run) === '');
	const checked = counting.flatMap((run) => (run.card ? [{ run, check: skillCheck(run.card, step.check) }] : []));
	const best = checked.find(({ check }) => check.state === 'passed') ?? checked[0];
	const waiting = counting.find(({ state }) => state !== 'known');
	const state = best?.check.state === 'passed' ? 'passed' : waiting ? stateOf(waiting) : best ? 'tried' : 'open';
	const shown = state === 'passed' || state === 'tried' ? best?.run : waiting;
	const refused = of.find((run) => whyNot(path, run) !== '');
	return {
		scenario: { id, title, difficulty, minutes, team },
		why: step.why,
		looksAt: looksAt(step),
		state,
		run: shown ? { incidentId: shown.incidentId, key: shown.key } : null,
		lines: state === 'passed' || state === 'tried' ? (best?.check.lines ?? []) : [],
		note: counting.length === 0 && refused ? whyNot(path, refused) : ''
	};
}

function stateOf({ state }: PlayedRun): 'going' | 'closed' {
	return state === 'open' ? 'going' : 'closed';
}

/** Why a run of somebody does not count on a path; empty where it does. A run that goes on may still come to count. */
function whyNot(path: LearningPath, run: PlayedRun): string {
	if (run.as !== 'responder')
		return `${run.key} does not count: you were there as ${ROLE_NAMES[run.as].toLowerCase()}.`;
	if (run.knew) return `${run.key} does not count: its truth was read at this browser before.`;
	if (path.seat && run.state !== 'open' && !run.seats.includes(path.seat)) {
		return `${run.key} does not count here: you did not hold the seat of ${ROLE_NAMES[path.seat].toLowerCase()}.`;
	}
	return '';
}

function looksAt({ check, scenario }: Step): string[] {
	if (check === null) return [`the objectives of “${scenario.title}”`];
	return check.map((id) => (DIMENSION_NAMES as Record<string, string>)[id] ?? id);
}

/** What to play next: on the path that was begun last, else the first step of the first path. Null where all is done. */
export function nextStep(views: readonly PathView[], runs: readonly PlayedRun[]): NextStep | null {
	const latest = (view: PathView) =>
		Math.max(
			0,
			...runs
				.filter(({ scenarioId }) => view.steps.some((step) => step.scenario.id === scenarioId && step.state !== 'open'))
				.map(({ createdAt }) => createdAt)
		);
	const open = views.filter(({ next }) => next !== null);
	const begun = open.filter((view) => latest(view) > 0).sort((a, b) => latest(b) - latest(a));
	const chosen = begun[0] ?? open[0];
	const step = chosen?.steps[chosen.next ?? -1];
	if (!chosen || chosen.next === null || !step) return null;
	return {
		path: chosen.id,
		pathTitle: chosen.title,
		step: chosen.next + 1,
		steps: chosen.steps.length,
		scenarioId: step.scenario.id,
		scenarioTitle: step.scenario.title,
		begun: begun.length > 0
	};
}

/** The checks of one run: one for each path of which its scenario is a step. */
export function checksOf(
	run: PlayedRun,
	paths: readonly LearningPath[],
	library: readonly ScenarioCard[],
	runs: readonly PlayedRun[]
): RunCheck[] {
	const { card } = run;
	if (!card || run.as !== 'responder') return [];
	return paths.flatMap((path): RunCheck[] => {
		const steps = stepsOf(path, library);
		const index = steps.findIndex(({ scenario }) => scenario.id === run.scenarioId);
		const step = steps[index];
		// A path for a seat is for whoever sat there.
		if (!step || (path.seat && !run.seats.includes(path.seat))) return [];
		const view = progressOf(path, library, runs);
		const next = view.next === null ? undefined : view.steps[view.next]?.scenario;
		return [
			{
				path: path.id,
				pathTitle: path.title,
				step: index + 1,
				steps: steps.length,
				...skillCheck(card, step.check),
				note: whyNot(path, run),
				next: next && next.id !== run.scenarioId ? { scenarioId: next.id, title: next.title } : null
			}
		];
	});
}
