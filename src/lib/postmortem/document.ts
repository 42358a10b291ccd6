import type { CauseCategory } from '../incident/truth.ts';

/**
 * A post-mortem as people read and edit it, in the order of its template. Plain JSON; the shared document (shared.ts) mirrors
 * it field by field. `id`s are stable, so that two people who edit at once never touch each other's lines.
 */
export interface PostmortemDocument {
	/** `INC-2024-001`. */
	key: string;
	title: string;
	summary: { duration: string; impact: string; rootCause: string };
	timeline: TimelineLine[];
	wentWell: Line[];
	wentWrong: Line[];
	/** A tree: an answer may have several whys of its own. The first level has no parent. */
	whys: Why[];
	systemicFactors: SystemicFactor[];
	contributingFactors: Line[];
	lessons: Line[];
	actionItems: ActionItem[];
}

export interface Line {
	id: string;
	text: string;
}

export interface TimelineLine extends Line {
	/** Time of day as it is printed, `14:23`. */
	time: string;
}

export interface Why {
	id: string;
	parentId: string | null;
	question: string;
	answer: string;
	category: CauseCategory;
	rootCause: boolean;
	/** Events of the log that the answer stands on, by `seq`, and words where there is none. */
	evidence: string;
}

export interface SystemicFactor extends Line {
	category: CauseCategory;
	/** Suggested by rule until somebody confirms it. */
	confirmed: boolean;
}

export const ACTION_STATUSES = ['not_started', 'in_progress', 'complete'] as const;
export type ActionStatus = (typeof ACTION_STATUSES)[number];

export interface ActionItem {
	id: string;
	title: string;
	kind: 'prevent' | 'detect' | 'other';
	owner: string;
	/** `2024-02-15`, or empty. */
	dueDate: string;
	priority: 'critical' | 'high' | 'medium' | 'low';
	successCriterion: string;
	status: ActionStatus;
}

/** The lists of a post-mortem, whose items can be added, moved and removed. */
export const LISTS = [
	'timeline',
	'wentWell',
	'wentWrong',
	'whys',
	'systemicFactors',
	'contributingFactors',
	'lessons',
	'actionItems'
] as const;
export type ListName = (typeof LISTS)[number];

/** Fields of list items that are long text and merge letter by letter; all others are replaced whole. */
export const TEXT_FIELDS: Record<ListName, readonly string[]> = {
	timeline: ['text'],
	wentWell: ['text'],
	wentWrong: ['text'],
	whys: ['question', 'answer', 'evidence'],
	systemicFactors: ['text'],
	contributingFactors: ['text'],
	lessons: ['text'],
	actionItems: ['title', 'successCriterion']
};

/** Fields of the summary, all long text. */
export const SUMMARY_FIELDS = ['duration', 'impact', 'rootCause'] as const;
