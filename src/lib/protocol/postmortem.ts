import type { Milestone } from '../incident/milestone.ts';
import type { Lane } from '../incident/timeline.ts';

// What the post-mortem's page is given of the log, beside the shared document.

/** An event of the log as people read it. */
export interface LogEntry {
	seq: number;
	/** Incident time. */
	at: number;
	title: string;
	detail: string;
	lane: Lane;
	/** Participant id, or a name. */
	by: string;
	key: boolean;
}

/** A moment that figures count from. */
export interface Moment {
	milestone: Milestone;
	name: string;
	/** Incident time; null where it is not recorded. */
	at: number | null;
	seq: number | null;
	corrected: boolean;
	/** Whether people may correct it: of a simulated truth nothing can be. */
	simulated: boolean;
}

/** A length of time from one moment to another. */
export interface Figure {
	name: string;
	/** Which moments it lies between, in words. */
	between: string;
	ms: number | null;
	/** Whether either moment was corrected in review. */
	corrected: boolean;
}

export interface Rerun {
	incidentId: string;
	key: string;
	title: string;
	/** Wall time. */
	endedAt: number | null;
	/** Whether it played the same scenario, and not only one of the same class. */
	same: boolean;
	/** Which variant of it, by title; absent where as it is written. */
	variant?: string;
}
