import type { ParticipantId } from '../ids.ts';
import type { Milestone } from '../milestone.ts';
import type { Role } from '../role.ts';

export type RunEvent =
	| { type: 'run.began'; payload: { speed: number } }
	| {
			type: 'inject.delivered';
			payload: { injectId: string; channel: string; from: string; text: string; to: Role | null };
	  }
	| { type: 'hint.requested'; payload: Record<string, never> }
	| { type: 'hint.given'; payload: { step: number; text: string } }
	| {
			type: 'facilitator.intervened';
			payload: { what: 'inject_fired' | 'inject_skipped' | 'inject_delayed'; injectId: string; byMs: number | null };
	  }
	/** A private, timestamped note of a facilitator or evaluator. */
	| { type: 'observation.recorded'; payload: { text: string } }
	| {
			type: 'clock.paused';
			payload: { reason: string; cause: 'host' | 'real_incident' | 'restart' | 'unattended' | 'database' };
	  }
	| { type: 'clock.resumed'; payload: Record<string, never> }
	| { type: 'clock.speed_changed'; payload: { speed: number } }
	/** The exercise is frozen for all because something real happened. */
	| { type: 'exercise.frozen'; payload: { by: ParticipantId } }
	| {
			type: 'run.ended';
			payload: {
				outcome: 'resolved' | 'unresolved';
				reason: 'success' | 'host' | 'limit' | 'stood_down' | 'abandoned';
				endedMs: number;
			};
	  }
	| {
			type: 'hotwash.answered';
			payload: { participantId: ParticipantId; wentWell: string; surprisedMe: string; unclear: string };
	  }
	| { type: 'truth.opened'; payload: Record<string, never> }
	| { type: 'milestone.corrected'; payload: { milestone: Milestone; at: number | null; reason: string } }
	| { type: 'postmortem.drafted'; payload: { dueAt: number | null } }
	| { type: 'postmortem.review_requested'; payload: { revision: number } }
	| { type: 'postmortem.review_returned'; payload: { reason: string } }
	/** `contentHash` is SHA-256 of what was published, `version` how many updates of the shared document it was made of. */
	| {
			type: 'postmortem.published';
			payload: { revision?: number; contentHash?: string | null; version?: number | null };
	  }
	/** Somebody went on writing after it was published. */
	| { type: 'postmortem.revision_opened'; payload: { revision: number } }
	/** `dueAt` is wall time, in practice too: the end of the day `dueDate` (UTC). People carry actions out in their own time. */
	| {
			type: 'action_item.added';
			payload: { actionItemId: string; title: string; owner: string; dueAt: number | null } & Partial<ActionDetail>;
	  }
	| {
			type: 'action_item.changed';
			payload: {
				actionItemId: string;
				status: 'not_started' | 'in_progress' | 'complete';
				title?: string;
				owner?: string;
				dueAt?: number | null;
				/** Taken out of the post-mortem. */
				withdrawn?: boolean;
			} & Partial<ActionDetail>;
	  };

/** What is known of an action beside its title, owner, date and status. */
export interface ActionDetail {
	kind: 'prevent' | 'detect' | 'other';
	priority: 'critical' | 'high' | 'medium' | 'low';
	successCriterion: string;
	/** `2024-02-15`. */
	dueDate: string;
	/** Incident that played the scenario again and showed that the action worked; null where none is linked. */
	proofIncidentId: string | null;
}
