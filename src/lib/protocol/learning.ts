// What pages tell about practising: own runs, learning paths, what was not practised for long.

import type { CommandRole } from '../incident/role.ts';
import type { ScenarioCard } from './messages.ts';

/** One line of a skill check. */
export interface SkillLine {
	name: string;
	said: string;
	target: string;
	/** P, S, M or U; null where the run did not ask for it. */
	rating: 'P' | 'S' | 'M' | 'U' | null;
	ratingName: string;
	held: boolean;
}

/** How a run that this browser took part in went, as far as it may be told. */
export interface OwnRun {
	incidentId: string;
	key: string;
	/** Wall time. */
	createdAt: number;
	/** `closed`: it has ended, and nobody has opened the truth yet. */
	state: 'open' | 'closed' | 'known';
	/** Known runs only. */
	resolved: boolean | null;
	mitigationMinutes: number | null;
	hints: number;
	/** What the person was there, and the seats they held at some time. */
	as: 'responder' | 'observer' | 'facilitator';
	seats: CommandRole[];
	/** The truth of the scenario had been read at this browser before. */
	knew: boolean;
	score: number | null;
}

export type StepState =
	| 'passed'
	/** Played, and the check was not passed. */
	| 'tried'
	/** Ended, and the truth is not open: the check comes with it. */
	| 'closed'
	/** Being played. */
	| 'going'
	| 'open';

export interface PathStepView {
	scenario: Pick<ScenarioCard, 'id' | 'title' | 'difficulty' | 'minutes' | 'team'>;
	why: string;
	/** What will be looked at, in words. */
	looksAt: string[];
	state: StepState;
	/** The run that the state stands on. */
	run: { incidentId: string; key: string } | null;
	lines: SkillLine[];
	/** Why a run of it does not count; empty where there is none such. */
	note: string;
}

export interface PathView {
	id: string;
	title: string;
	about: string;
	seat: CommandRole | null;
	steps: PathStepView[];
	passed: number;
	/** Index of the first step that is not passed; null where all are. */
	next: number | null;
}

export interface NextStep {
	path: string;
	pathTitle: string;
	step: number;
	steps: number;
	scenarioId: string;
	scenarioTitle: string;
	/** Whether anything of the path was played here. */
	begun: boolean;
}

/** The check of a run that just ended, for its debrief. */
export interface RunCheck {
	path: string;
	pathTitle: string;
	step: number;
	steps: number;
	state: 'passed' | 'not_yet' | 'nothing';
	lines: SkillLine[];
	/** Why it does not count for this reader; empty where it does. */
	note: string;
	next: { scenarioId: string; title: string } | null;
}

/** How much a scenario was practised, by everybody here and at this browser. */
export interface Practice {
	plays: number;
	/** Runs of this browser as somebody who responded. */
	mine: number;
	/** When it was played last (wall time); null where never. */
	lastAt: number | null;
	/** This browser was shown its truth. */
	spoiled: boolean;
}

/** How far somebody is on a path, for lists. */
export type PathSummary = Pick<PathView, 'id' | 'title' | 'about' | 'passed' | 'next' | 'seat'> & { steps: number };

/** Everything about a scenario that spoils it, for whoever facilitates. Simulated milliseconds from the begin of the run. */
export interface Spoilers {
	rootCause: string;
	trigger: string;
	customersSee: string;
	whys: { question: string; answer: string; root: boolean }[];
	herrings: string[];
	runbook: string | null;
	faults: { id: string; states: { id: string; phase: string; note: string; leads: string[] }[] }[];
	evidence: { title: string; command: string; proves: string }[];
	mitigations: { name: string; verdict: string; why: string; harm: string }[];
	/** `when` in words: a time or a condition. */
	injects: { when: string; channel: string; from: string; text: string; expected: string }[];
	alerts: { name: string; fromMs: number; byMs: number }[];
	hints: string[];
	questions: string[];
	notes: string;
}
