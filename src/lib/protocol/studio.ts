// What the scenario studio sends and reads. A preview is answered with a line of JSON for each step, as it comes.

/** Texts by their path in the scenario's folder: `scenario.yaml`, `rules.yaml`, `runbooks/<id>.md`. */
export type StudioFiles = Readonly<Record<string, string>>;

/** What is wrong, where, and how to mend it. `file` is one of the scenario's own, or one of the topology it stands on. */
export interface StudioProblem {
	file: string;
	line: number;
	column: number;
	code: string;
	message: string;
	severity: 'error' | 'warning';
}

export interface StudioState {
	id: string;
	phase: string;
	note: string;
}

/** One way out of a state. `label` is as its author wrote it: `after 20s`, `metric(core-api.errors) < 0.5%`, `rollback_api`. */
export interface StudioEdge {
	from: string;
	to: string;
	by: 'time' | 'condition' | 'mitigation';
	label: string;
}

export interface StudioMachine {
	id: string;
	initial: string;
	/** When it enters its initial state. Simulated milliseconds. */
	beginsMs: number;
	states: StudioState[];
	edges: StudioEdge[];
}

export type StudioUnit = 'ratio' | 'milliseconds' | 'count';

export interface StudioMetric {
	/** As authors write it: `core-api.errors`, `core-api[version=4.18.0].errors`. */
	key: string;
	service: string;
	unit: StudioUnit;
	/** Something in the scenario is about it: an effect, an objective, who suffers. */
	told: boolean;
}

/** Names that may stand in the files, for completion. */
export interface StudioNames {
	/** What may take part: services of the archetype, and the scenario's own. */
	archetype: string[];
	services: string[];
	metrics: string[];
	states: string[];
	mitigations: string[];
	diagnostics: string[];
	alerts: string[];
	runbooks: string[];
}

/** What a scenario that loads is about, before anybody plays it. */
export interface StudioSystem {
	title: string;
	minutes: number;
	/** Epoch milliseconds of simulated time 0. */
	startsAt: number;
	zone: string;
	contentHash: string;
	services: { id: string; kind: string; about: string; dependsOn: string[] }[];
	machines: StudioMachine[];
	metrics: StudioMetric[];
	names: StudioNames;
	/** Grid of every series: from `fromMs` on, a value every `stepMs`. Simulated milliseconds. */
	grid: { fromMs: number; stepMs: number; points: number };
}

export const STUDIO_PLAYERS = ['none', 'ideal', 'novice', 'hasty', 'random'] as const;
export type StudioPlayer = (typeof STUDIO_PLAYERS)[number];

/** An alert while it was active. Times are simulated milliseconds; null where it did not come to that. */
export interface StudioAlert {
	name: string;
	service: string;
	level: string;
	pendingMs: number;
	firedMs: number | null;
	endedMs: number | null;
}

/** A fault from when it entered a state until it entered the next. */
export interface StudioStay {
	fault: string;
	state: string;
	phase: string;
	fromMs: number;
	because: string;
}

export interface StudioMoment {
	atMs: number;
	kind: 'inject' | 'action' | 'milestone' | 'change';
	title: string;
	detail: string;
}

/** One policy's run. A metric that does not move is one number. */
export interface StudioRun {
	player: StudioPlayer;
	seed: string;
	outcome: 'resolved' | 'unresolved';
	endedMs: number;
	impactMinutes: number;
	score: number | null;
	alerts: StudioAlert[];
	stays: StudioStay[];
	moments: StudioMoment[];
	series: Record<string, number | number[]>;
}

export interface PreviewOrder {
	id: string;
	files: StudioFiles;
	seed: string;
}

export type PreviewLine =
	| { type: 'waiting' }
	/** What the loader says; `system` null where the scenario does not load. */
	| { type: 'checked'; problems: StudioProblem[]; system: StudioSystem | null }
	| { type: 'run'; run: StudioRun }
	| { type: 'done' }
	/** It could not be carried through; the message says why and what to do. */
	| { type: 'failed'; message: string };

export interface StudioVersion {
	version: number;
	note: string;
	savedAt: number;
	/** Whether the library can offer it. */
	loads: boolean;
	errors: number;
	/** Runs that were played with exactly this. */
	runs: number;
}

/** A scenario as the studio shows it in its list. Shipped ones have no versions. */
export interface StudioItem {
	id: string;
	title: string;
	shipped: boolean;
	version: number | null;
	/** The version that the library offers; null where none loads. */
	offered: number | null;
	changedAt: number | null;
}

export interface StudioDocument {
	id: string;
	shipped: boolean;
	/** 0 for a shipped scenario. */
	version: number;
	offered: number | null;
	files: Record<string, string>;
	versions: StudioVersion[];
}

/** Answer to a save. */
export interface StudioSaved {
	version: number;
	offered: number | null;
	errors: number;
	versions: StudioVersion[];
}

export interface CreateOrder {
	id: string;
	/** What it begins as: a copy of another, a starter on a topology, or files that were brought. */
	from: { type: 'copy'; of: string } | { type: 'starter'; topology: string } | { type: 'files'; files: StudioFiles };
	/** Files may be the next version of one that was written here. */
	onto?: boolean | undefined;
}

/** Answer to whatever makes a scenario: where it is, and which files were left out. */
export interface StudioCreated {
	id: string;
	leftOut: string[];
}
