import type { EvidenceId, HandoffId, HypothesisId, MessageId, ParticipantId, QuestionId, TaskId } from '../ids.ts';
import type { CommandRole, Role } from '../role.ts';
import type { IncidentStatus } from '../status.ts';

/** Present where somebody recorded for another: who said it; the event's `occurredAt` is then when it was said. */
export interface SaidBy {
	/** A participant's id, or free text for somebody outside the room. */
	by: ParticipantId | string;
}

export interface Brief {
	impact: string;
	known: string;
	doing: string;
	next: string;
}

export type CoordinationEvent =
	| {
			type: 'status.changed';
			payload: { from: IncidentStatus; to: IncidentStatus; note: string; verification: string | null };
	  }
	| { type: 'incident.reopened'; payload: { reason: string } }
	/** No incident after all: closed without a fault to mend. */
	| { type: 'incident.stood_down'; payload: { reason: string } }
	| {
			type: 'participant.joined';
			payload: { participantId: ParticipantId; as: 'responder' | 'observer' | 'facilitator' };
	  }
	| { type: 'participant.left'; payload: { participantId: ParticipantId } }
	/** `participantId` null vacates the seat; `bot` true where the timeline bot keeps it. */
	| { type: 'role.assigned'; payload: { role: CommandRole; participantId: ParticipantId | null; bot: boolean } }
	| {
			type: 'role.proposed';
			payload: { role: CommandRole; participantId: ParticipantId | null; bot: boolean; onCall: string; why: string };
	  }
	| {
			type: 'role.handed_off';
			payload: {
				handoffId: HandoffId;
				role: CommandRole;
				from: ParticipantId | null;
				to: ParticipantId;
				briefing: string;
				items: { itemId: string; text: string }[];
			};
	  }
	| { type: 'handoff.item_acknowledged'; payload: { handoffId: HandoffId; itemId: string } }
	| { type: 'message.posted'; payload: { messageId: MessageId; text: string; said: SaidBy | null } }
	| { type: 'message.corrected'; payload: { messageId: MessageId; text: string } }
	| { type: 'brief.updated'; payload: { brief: Brief } }
	/** What the public status page (or an internal list) says from now on. */
	| {
			type: 'status_update.published';
			payload: {
				updateId: string;
				channel: 'status_page' | 'internal';
				state: IncidentStatus;
				impact: string;
				action: string;
				/** Incident time by which the next update is promised; null where none is. */
				nextUpdateAt: number | null;
				said: SaidBy | null;
			};
	  }
	| {
			type: 'stakeholder.asked';
			payload: { questionId: QuestionId; from: string; channel: string; text: string; needsAnswer: boolean; to: Role };
	  }
	| { type: 'stakeholder.handed'; payload: { questionId: QuestionId; to: CommandRole } }
	| { type: 'stakeholder.answered'; payload: { questionId: QuestionId; text: string } }
	| {
			type: 'task.assigned';
			payload: { taskId: TaskId; text: string; ownerId: ParticipantId | null; dueAt: number | null };
	  }
	| { type: 'task.done'; payload: { taskId: TaskId; result: string } }
	| {
			type: 'hypothesis.proposed';
			payload: { hypothesisId: HypothesisId; text: string; confidence: number; said: SaidBy | null };
	  }
	| { type: 'hypothesis.revised'; payload: { hypothesisId: HypothesisId; confidence: number } }
	| {
			type: 'hypothesis.evidence_linked';
			payload: { hypothesisId: HypothesisId; evidenceId: EvidenceId; supports: boolean };
	  }
	| {
			type: 'hypothesis.ruled_out';
			payload: { hypothesisId: HypothesisId; reason: string; evidenceId: EvidenceId | null };
	  }
	| {
			type: 'hypothesis.confirmed';
			payload: { hypothesisId: HypothesisId; reason: string; evidenceId: EvidenceId | null };
	  }
	| { type: 'note.added'; payload: { noteId: string; text: string; said: SaidBy | null } }
	| { type: 'decision.recorded'; payload: { decisionId: string; text: string; said: SaidBy | null } }
	/**
	 * What kind of incident it was and whose, said afterwards: incidents with one cause class and service are grouped by it.
	 * A field that is absent stays as it was; null takes back what was said.
	 */
	| {
			type: 'incident.classified';
			payload: { causeClass?: string | null; services?: string[] | null; team?: string | null };
	  }
	/** A link or a small file beside the incident; files are stored apart, under `attachmentId`. */
	| {
			type: 'attachment.added';
			payload: {
				attachmentId: string;
				name: string;
				url: string | null;
				contentType: string | null;
				bytes: number | null;
			};
	  };
