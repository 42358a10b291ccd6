import type {
	AlertId,
	EvidenceId,
	HandoffId,
	HypothesisId,
	MessageId,
	ParticipantId,
	QuestionId,
	TaskId
} from './ids.ts';
import type { Brief, SaidBy } from './events/coordination-events.ts';
import type { EvidenceSource, PinnedSeries } from './events/response-events.ts';
import type { HotwashStep, SurveyAnswers } from './hotwash.ts';
import type { Milestone } from './milestone.ts';
import type { RatedThing, Rating } from './rating.ts';
import type { CommandRole } from './role.ts';
import type { Severity } from './severity.ts';
import type { IncidentStatus } from './status.ts';

/** Recorded for another: who said it, and when in incident time (epoch ms; never in the future). */
export interface Recorded {
	said?: (SaidBy & { at: number }) | null;
}

/** What people do in any incident, practice or real. Imperative. */
export type ResponseCommand =
	| { type: 'join'; as: 'responder' | 'observer' | 'facilitator' }
	| { type: 'leave' }
	| { type: 'acknowledgeAlert'; alertId: AlertId }
	| { type: 'silenceAlert'; alertId: AlertId; minutes: number; reason: string }
	| { type: 'declareIncident'; severity: Severity; title: string; summary: string }
	| { type: 'changeSeverity'; severity: Severity; reason: string }
	/** Going to `resolved` needs `verification`: what was watched and what it showed. */
	| { type: 'changeStatus'; status: IncidentStatus; note: string; verification: string | null }
	| { type: 'escalate'; to: 'secondary' | 'everyone' | 'specialist'; whom: string; reason: string }
	| { type: 'reopenIncident'; reason: string }
	| { type: 'standDown'; reason: string }
	| { type: 'takeRole'; role: CommandRole }
	| { type: 'releaseRole'; role: CommandRole }
	/** To a person, or to the timeline bot (scribe only). */
	| { type: 'assignRole'; role: CommandRole; to: { participantId: ParticipantId } | { bot: true } }
	| { type: 'handOffRole'; role: CommandRole; to: ParticipantId; briefing: string; items: string[] }
	| { type: 'acknowledgeHandoffItem'; handoffId: HandoffId; itemId: string }
	| ({ type: 'postMessage'; text: string } & Recorded)
	| { type: 'correctMessage'; messageId: MessageId; text: string }
	| { type: 'updateBrief'; brief: Brief }
	| ({
			type: 'publishStatusUpdate';
			channel: 'status_page' | 'internal';
			state: IncidentStatus;
			impact: string;
			action: string;
			nextUpdateInMinutes: number | null;
	  } & Recorded)
	| { type: 'answerStakeholder'; questionId: QuestionId; text: string }
	| { type: 'handStakeholder'; questionId: QuestionId; to: CommandRole }
	| { type: 'assignTask'; text: string; ownerId: ParticipantId | null; dueInMinutes: number | null }
	| { type: 'completeTask'; taskId: TaskId; result: string }
	| ({ type: 'proposeHypothesis'; text: string; confidence: number } & Recorded)
	| { type: 'reviseHypothesis'; hypothesisId: HypothesisId; confidence: number }
	| { type: 'linkEvidence'; hypothesisId: HypothesisId; evidenceId: EvidenceId; supports: boolean }
	| { type: 'ruleOutHypothesis'; hypothesisId: HypothesisId; reason: string; evidenceId: EvidenceId | null }
	| { type: 'confirmHypothesis'; hypothesisId: HypothesisId; reason: string; evidenceId: EvidenceId | null }
	| ({ type: 'addNote'; text: string } & Recorded)
	| ({ type: 'recordDecision'; text: string } & Recorded)
	| {
			type: 'pinEvidence';
			source: EvidenceSource;
			title: string;
			text: string;
			of: EvidenceId | null;
			series: PinnedSeries[];
	  }
	| { type: 'viewTelemetry'; tool: string; services: string[] }
	| { type: 'openRunbook'; runbookId: string }
	| { type: 'completeStep'; runbookId: string; stepId: string; result: string }
	| { type: 'skipStep'; runbookId: string; stepId: string; reason: string }
	| { type: 'markUnclear'; runbookId: string; stepId: string; note: string }
	| { type: 'finishRunbook'; runbookId: string; causeFound: boolean; note: string }
	| {
			type: 'addAttachment';
			attachmentId: string;
			name: string;
			url: string | null;
			contentType: string | null;
			bytes: number | null;
	  }
	| { type: 'answerHotwash'; wentWell: string; surprisedMe: string; unclear: string }
	/** Lets everybody read the three answers, though somebody has not written yet. */
	| { type: 'openAnswers' }
	/** Leads the room to a step of the hot wash, and to one of its moments. */
	| { type: 'moveHotwash'; step: HotwashStep; moment: string | null }
	/** Null only in an exported log, where answers are left out. */
	| { type: 'answerSurvey'; answers: SurveyAnswers | null }
	| { type: 'giveRating'; of: RatedThing; rating: Rating | null; note: string }
	| { type: 'openTruth' }
	| { type: 'correctMilestone'; milestone: Milestone; at: number | null; reason: string }
	| { type: 'requestPostmortemReview' }
	| { type: 'returnPostmortem'; reason: string }
	/** `contentHash` and `version` are the server's, never the client's. */
	| { type: 'publishPostmortem'; contentHash?: string | null; version?: number | null }
	/** Real incidents only: what an alert source or a person saw, entered by hand. `at` is incident time. */
	| { type: 'recordAlert'; name: string; level: string; service: string; summary: string; at: number }
	| { type: 'recordAlertResolved'; alertId: AlertId }
	| { type: 'recordImpact'; change: 'started' | 'changed' | 'ended'; share: number; at: number }
	| { type: 'recordChange'; service: string; kind: string; title: string; at: number }
	/** Real incidents only: a mitigation carried out elsewhere. */
	| { type: 'recordMitigation'; name: string; at: number; worked: 'yes' | 'no' | 'unknown' };

/** What people do to the simulated system and to the run. */
export type RunCommand =
	| { type: 'beginRun' }
	/** By id, or as typed into the console. */
	| { type: 'runDiagnostic'; diagnosticId: string }
	| { type: 'runConsole'; line: string }
	| { type: 'runStep'; runbookId: string; stepId: string }
	| { type: 'applyMitigation'; mitigationId: string; runbookId: string | null; stepId: string | null }
	| { type: 'requestHint' }
	| { type: 'giveHint'; text: string | null }
	| { type: 'fireInject'; injectId: string }
	| { type: 'skipInject'; injectId: string }
	| { type: 'delayInject'; injectId: string; byMs: number }
	| { type: 'recordObservation'; text: string }
	| { type: 'pauseRun'; reason: string; cause: 'host' | 'restart' | 'unattended' | 'database' }
	| { type: 'resumeRun' }
	| { type: 'setSpeed'; speed: number }
	| { type: 'freezeForRealIncident' }
	| { type: 'endRun'; reason: 'host' | 'abandoned' };

export type CommandBody = ResponseCommand | RunCommand;
export type CommandType = CommandBody['type'];

/** Who gives a command, as the server knows it (never as the client says it). */
export interface Commander {
	participantId: ParticipantId;
	/** Holds the host link of the run (or the administrator's secret of a real incident). */
	host: boolean;
}

/** A command of the command log. `n` is contiguous from 1 per incident. */
export interface LoggedCommand {
	n: number;
	/** Simulated time at which it was taken; null in a real incident. */
	simMs: number | null;
	/** Incident time at which it was taken, epoch ms. */
	at: number;
	by: Commander;
	clientCommandId: string;
	body: CommandBody;
}
