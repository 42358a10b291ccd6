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
	/** Impact in detail: who was affected, how, how long, at what cost. */
	impact: Line[];
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
	/** The same as incident time, epoch ms, by which lines are ordered; null where only the words are known. */
	at: number | null;
	/** The event of the log that it tells of; null for what people added. */
	seq: number | null;
}

export interface Why {
	id: string;
	parentId: string | null;
	question: string;
	answer: string;
	category: CauseCategory;
	rootCause: boolean;
	/** What the answer stands on, in words. */
	evidence: string;
	/** Events of the log that the answer stands on, by `seq`, ascending. */
	events: number[];
}

export interface SystemicFactor extends Line {
	category: CauseCategory;
	/** Suggested by rule until somebody confirms it. */
	confirmed: boolean;
	/** Somebody looked at the suggestion and said no. */
	dismissed: boolean;
	/** The rule that suggested it; empty where people wrote it. */
	rule: string;
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
	/** The why whose root cause it answers to; empty where none. */
	causeId: string;
	/** A run that played the scenario again, linked as proof that the action worked; null where none. */
	proofIncidentId: string | null;
	/** What the proof showed. */
	proofNote: string;
}

/** The lists of a post-mortem, whose items can be added, moved and removed. */
export const LISTS = [
	'impact',
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
	impact: ['text'],
	timeline: ['text'],
	wentWell: ['text'],
	wentWrong: ['text'],
	whys: ['question', 'answer', 'evidence'],
	systemicFactors: ['text'],
	contributingFactors: ['text'],
	lessons: ['text'],
	actionItems: ['title', 'successCriterion', 'proofNote']
};

/** Fields of the summary, all long text. */
export const SUMMARY_FIELDS = ['duration', 'impact', 'rootCause'] as const;

/** What is read in print; the same words for headings, labels and changes. */
export const SECTION_NAMES: Record<ListName, string> = {
	impact: 'Impact',
	timeline: 'Timeline',
	wentWell: 'What went well',
	wentWrong: 'What went wrong',
	whys: 'Five whys plus',
	systemicFactors: 'Systemic factors',
	contributingFactors: 'Contributing factors',
	lessons: 'Lessons',
	actionItems: 'Action items'
};

/**
 * What was published: everything but the course of the actions (who has them, until when, how far they are), which goes on
 * changing afterwards.
 */
export function contentOf(document: PostmortemDocument): unknown {
	return {
		...document,
		actionItems: document.actionItems.map(({ id, title, kind, successCriterion, causeId }) => ({
			id,
			title,
			kind,
			successCriterion,
			causeId
		}))
	};
}
