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
	| { type: 'postmortem.published'; payload: Record<string, never> }
	| { type: 'action_item.added'; payload: { actionItemId: string; title: string; owner: string; dueAt: number | null } }
	| {
			type: 'action_item.changed';
			payload: { actionItemId: string; status: 'not_started' | 'in_progress' | 'complete' };
	  };
