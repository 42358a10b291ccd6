import type { DetectedBy } from '../milestones/signal.ts';
import type { Severity } from '../severity.ts';

/** Where a post-mortem stood in the tool that an incident was imported from. */
export const POSTMORTEM_STATES = ['none', 'draft', 'published', 'not_due'] as const;
export type PostmortemState = (typeof POSTMORTEM_STATES)[number];

/** What an import knows beside the times, which are events of their own. The latest one of a log counts. */
export type ImportedFacts = {
	/** The tool it came from, as the administrator named it; with `sourceId` it names one incident for ever. */
	source: string;
	sourceId: string;
	title: string;
	services: string[];
	/** The cause or its class, as written there; empty where unknown. */
	cause: string;
	/** Null where unknown. */
	escalated: boolean | null;
	postmortem: PostmortemState | null;
	/** What was read, field by field, in one normal form: a later import is compared with it. Times are ISO 8601, UTC. */
	record: Record<string, string>;
	/** Fields that stood empty and were filled by a rule: `severity`, `created_at`, `title`. */
	assumed: string[];
};

export type IntakeEvent =
	| { type: 'incident.imported'; payload: ImportedFacts }
	/** An alert source opened it. Nothing is declared: `severity` is what the alert's labels propose; null where they say nothing. */
	| {
			type: 'incident.opened';
			payload: { title: string; summary: string; severity: Severity | null; source: string; group: string };
	  }
	/** It was noticed, where no more is known than when and by whom; null where not even that. */
	| { type: 'incident.detected'; payload: { by: DetectedBy | null } }
	/** Somebody took it on, where what they acknowledged was no alert, or none that the log knows. */
	| { type: 'incident.acknowledged'; payload: Record<string, never> }
	/** Closes a batch of imported events: the marks of their rows, so that none is appended again. */
	| { type: 'events.imported'; payload: { source: string; marks: string[] } };
