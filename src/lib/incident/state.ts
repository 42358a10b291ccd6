import type { Actor, Audience } from './actor.ts';
import type { AlertContext } from './events/alert-events.ts';
import type { Brief, SaidBy } from './events/coordination-events.ts';
import type { ImportedFacts } from './events/intake-events.ts';
import type { EvidenceSource, PinnedSeries } from './events/response-events.ts';
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
import type { HotwashStep } from './hotwash.ts';
import type { RatedThing, Rating } from './rating.ts';
import type { CommandRole, Role } from './role.ts';
import type { Severity } from './severity.ts';
import type { IncidentStatus } from './status.ts';

/**
 * What a log of events amounts to, for whoever holds the log: the server folds the whole log, a browser folds what it
 * was sent, both with `foldEvent`. Plain JSON. All `…At` are incident time in epoch milliseconds. Lists keep the order of the log.
 */
export interface IncidentState {
	origin: 'practice' | 'real';
	lifecycle: 'lobby' | 'running' | 'paused' | 'ended';
	/** Why it is paused; null while it is not. */
	pause: { reason: string; cause: 'host' | 'real_incident' | 'restart' | 'unattended' | 'database' } | null;
	frozen: boolean;
	speed: number;
	declared: { at: number; severity: Severity; title: string; summary: string; by: Actor } | null;
	severity: Severity | null;
	status: IncidentStatus;
	statusSince: number | null;
	stoodDown: boolean;
	participants: ParticipantState[];
	roles: Record<CommandRole, SeatState>;
	/** Latest proposal of the on-call list for each seat. */
	proposals: { role: CommandRole; participantId: ParticipantId | null; bot: boolean; onCall: string; why: string }[];
	alerts: AlertStateView[];
	messages: MessageState[];
	brief: Brief & { at: number | null };
	updates: StatusUpdateState[];
	questions: QuestionState[];
	tasks: TaskState[];
	hypotheses: HypothesisState[];
	evidence: EvidenceState[];
	decisions: EntryState[];
	notes: EntryState[];
	changes: ChangeState[];
	runbooks: RunbookState[];
	mitigations: MitigationState[];
	handoffs: HandoffState[];
	diagnostics: { diagnosticId: string; command: string; startedAt: number; readyAt: number; done: boolean }[];
	attachments: {
		attachmentId: string;
		name: string;
		url: string | null;
		contentType: string | null;
		bytes: number | null;
		at: number;
	}[];
	injects: { injectId: string; channel: string; from: string; text: string; at: number }[];
	hints: { step: number; text: string; at: number }[];
	observations: { text: string; at: number; by: Actor }[];
	hotwash: { participantId: ParticipantId; wentWell: string; surprisedMe: string; unclear: string }[];
	truthOpen: boolean;
	/** The guided debrief. Absent until it has begun. */
	debrief?: {
		answersOpen: boolean;
		step: HotwashStep;
		/** The bookmark that the room looks at. */
		moment: string | null;
		/** Who has written their three answers. */
		written: ParticipantId[];
		/** Who has taken the survey; never what they answered. */
		surveyed: ParticipantId[];
		/** The latest of each evaluator for each thing. */
		ratings: { by: ParticipantId; of: RatedThing; rating: Rating; note: string; at: number }[];
	};
	ended: { at: number; outcome: 'resolved' | 'unresolved'; reason: string } | null;
	postmortem: PostmortemState;
	/** Who was called beyond the primary, in the order of the log. Absent until somebody was. */
	escalations?: { at: number; to: 'secondary' | 'everyone' | 'specialist'; whom: string; reason: string }[];
	/**
	 * Share of users affected, as far as the holder of the log may see it. `affectedMinutes` is the integral until `since`.
	 * Absent until impact was recorded.
	 */
	impact?: { share: number; since: number; affectedMinutes: number; startedAt: number };
	/** What an import knows of it; absent where it was not imported. */
	imported?: ImportedFacts;
	/** By which alert source it was opened, and what that proposes; absent where people or a run began it. */
	opened?: { at: number; title: string; summary: string; severity: Severity | null; source: string };
	/** Incident time of the last event folded. */
	lastAt: number | null;
	/** Counters for ids: the next alert is `a${counters.alert + 1}`. */
	counters: Record<string, number>;
}

export interface PostmortemState {
	state: 'none' | 'draft' | 'review' | 'published';
	/** Wall time, in practice too: people write it in their own time. */
	dueAt: number | null;
	/** Counts from 1; absent before it was published and opened again. */
	revision?: number;
	/** The last time it was published; absent until then. */
	published?: { at: number; revision: number; contentHash: string | null; version: number | null };
}

export interface ParticipantState {
	participantId: ParticipantId;
	as: 'responder' | 'observer' | 'facilitator';
	joinedAt: number;
	leftAt: number | null;
	/** Once facilitator, they have seen the truth: no command seat any more. Absent where they never were. */
	facilitated?: true;
}
export interface SeatState {
	participantId: ParticipantId | null;
	bot: boolean;
	since: number | null;
}
export interface AlertStateView {
	alertId: AlertId;
	name: string;
	labels: Record<string, string>;
	level: string;
	value: number | null;
	activeAt: number | null;
	firedAt: number;
	acknowledged: { at: number; by: Actor } | null;
	resolvedAt: number | null;
	silencedUntil: number | null;
	pagedAt: number | null;
	pagedTo: ('primary' | 'secondary' | 'everyone')[];
	context: AlertContext;
	/** It wakes nobody. */
	quiet?: true;
}
export interface MessageState {
	messageId: MessageId;
	at: number;
	by: Actor;
	text: string;
	said: SaidBy | null;
	/** Earlier wordings, oldest first. */
	corrected: { text: string; at: number }[];
}
export interface StatusUpdateState {
	updateId: string;
	at: number;
	by: Actor;
	channel: 'status_page' | 'internal';
	state: IncidentStatus;
	impact: string;
	action: string;
	nextUpdateAt: number | null;
	said: SaidBy | null;
}
export interface QuestionState {
	questionId: QuestionId;
	at: number;
	from: string;
	channel: string;
	text: string;
	needsAnswer: boolean;
	to: Role;
	/** Who was asked, so that the answer goes to the same; only known where the whole log is folded. */
	audience?: Audience;
	answer: { at: number; by: Actor; text: string } | null;
}
export interface TaskState {
	taskId: TaskId;
	at: number;
	by: Actor;
	text: string;
	ownerId: ParticipantId | null;
	dueAt: number | null;
	done: { at: number; result: string } | null;
}
export interface HypothesisState {
	hypothesisId: HypothesisId;
	at: number;
	by: Actor;
	text: string;
	confidence: number;
	said: SaidBy | null;
	links: { evidenceId: EvidenceId; supports: boolean }[];
	verdict: { kind: 'ruled_out' | 'confirmed'; at: number; reason: string; evidenceId: EvidenceId | null } | null;
}
export interface EvidenceState {
	evidenceId: EvidenceId;
	at: number;
	by: Actor;
	pinned: boolean;
	source: EvidenceSource;
	title: string;
	text: string;
	of: EvidenceId | null;
	diagnosticId: string | null;
	series: PinnedSeries[];
}
export interface EntryState {
	id: string;
	at: number;
	by: Actor;
	text: string;
	said: SaidBy | null;
}
export interface ChangeState {
	changeId: string;
	at: number;
	service: string;
	kind: string;
	title: string;
	detail: string;
	version: string | null;
	by: string;
}
export interface RunbookState {
	runbookId: string;
	name: string;
	openedAt: number;
	by: Actor;
	steps: {
		stepId: string;
		title: string;
		at: number;
		outcome: 'completed' | 'skipped';
		automated: boolean;
		text: string;
	}[];
	/** Steps that somebody marked; absent while nobody has. */
	unclear?: { stepId: string; title: string; at: number; note: string }[];
	finished: { at: number; causeFound: boolean; note: string } | null;
}
export interface MitigationState {
	attemptId: string;
	mitigationId: string;
	name: string;
	command: string;
	by: Actor;
	startedAt: number;
	readyAt: number;
	runbookId: string | null;
	stepId: string | null;
	finished: { at: number; ran: boolean; message: string } | null;
}
export interface HandoffState {
	handoffId: HandoffId;
	at: number;
	role: CommandRole;
	from: ParticipantId | null;
	to: ParticipantId;
	briefing: string;
	items: { itemId: string; text: string; acknowledgedAt: number | null }[];
}
