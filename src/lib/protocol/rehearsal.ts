/** What the rehearsal page sends and reads. The answer is a line of JSON for each step, as it comes. */

export interface RehearsalOrder {
	rules: string;
	/** A mapping file; '' where the team uses Muster's names. */
	mapping: string;
	/** Ids; all scenarios where there is none. */
	scenarios: string[];
}

export interface RuleProblemLine {
	line: number;
	column: number;
	code: string;
	message: string;
	severity: 'error' | 'warning';
	file: string;
	rule?: string;
}

export interface RehearsedRuleRow {
	key: string;
	alert: string;
	severity: string;
	/** Against customers' first harm: ten minutes before or more, before, after; `fired` where nobody is harmed. */
	timing: 'early' | 'before' | 'after' | 'fired' | 'silent';
	/** Simulated milliseconds since the begin. */
	firedMs: number | null;
	leadMs: number | null;
	falseAlarms: { firedMs: number }[];
	problem: string | null;
}

export interface RehearsedSetRows {
	rules: RehearsedRuleRow[];
	silent: number;
	missed: boolean;
	first: { alert: string; firedMs: number; leadMs: number | null } | null;
	falseAlarms: number;
}

export interface RehearsedScenarioRows {
	scenario: string;
	title: string;
	minutes: number;
	impactMs: number | null;
	team: RehearsedSetRows;
	muster: RehearsedSetRows;
}

export interface RehearsalCounts {
	scenarios: number;
	early: number;
	before: number;
	after: number;
	fired: number;
	missed: number;
	falseAlarms: number;
}

export type RehearsalLine =
	| { type: 'waiting'; ahead: number }
	| { type: 'refused'; problems: RuleProblemLine[] }
	| { type: 'checked'; rules: number; problems: RuleProblemLine[] }
	| { type: 'progress'; at: number; of: number; scenario: string; share: number }
	| { type: 'scenario'; result: RehearsedScenarioRows }
	| { type: 'done'; team: RehearsalCounts; muster: RehearsalCounts }
	/** It could not be carried through; the message says why and what to do. */
	| { type: 'failed'; message: string };
