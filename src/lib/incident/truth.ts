import type { CommandRole } from './role.ts';
import type { Severity } from './severity.ts';

/** Categories of causes, as in the five whys plus. */
export const CAUSE_CATEGORIES = ['technical', 'process', 'people', 'communication'] as const;
export type CauseCategory = (typeof CAUSE_CATEGORIES)[number];

export interface TrueWhy {
	question: string;
	answer: string;
	category: CauseCategory;
	rootCause: boolean;
}

/**
 * A scenario's ground truth and expectations, compiled into a record of the incident room, so that scoring and the
 * post-mortem need know no scenario. It travels in the hidden event `truth.recorded` at the start of a run.
 * All durations in milliseconds of simulated time.
 */
export interface GroundTruth {
	scenario: string;
	title: string;
	/** Under which other circumstances it was played; absent where as it is written. */
	variant?: { id: string; title: string };
	rootCause: string;
	trigger: string;
	failureClass: string;
	severity: Severity;
	/** True where one level above the right one is no mistake either. */
	severityMayBeHigher: boolean;
	services: string[];
	customersSee: string;
	whys: TrueWhy[];
	redHerrings: string[];
	mitigations: TrueMitigation[];
	/** Runbook that fits, or null where the generic investigation is right. */
	runbookId: string | null;
	/** Known defects of the runbooks, `stale`, `missing` or `trap`, shown in the debrief. */
	runbookDefects: { runbookId: string; stepId: string | null; defect: 'stale' | 'missing' | 'trap'; note: string }[];
	objectives: string[];
	debriefQuestions: string[];
	/** Expected by a well-run team, from impact start. */
	expected: {
		detectionMs: number | null;
		mitigationMs: number | null;
		resolutionMs: number | null;
		rolesNeeded: CommandRole[];
		statusUpdatesNeeded: number;
		escalationNeeded: boolean;
	};
	/** Money per minute at full impact, and productivity cost per hour, as the scenario's assumption; null where none. */
	cost: { currency: string; perMinuteAtFullImpact: number; productivityPerHour: number; assumption: string } | null;
	usersTotal: number | null;
	precedent: string;
	actionItems: { title: string; owner: string; kind: 'prevent' | 'detect' }[];
}

export interface TrueMitigation {
	mitigationId: string;
	name: string;
	verdict: 'effective' | 'partial' | 'ineffective' | 'harmful';
	why: string;
}
