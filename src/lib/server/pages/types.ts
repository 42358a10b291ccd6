// What pages are given by their loads.

import type { PayloadOf, ViewEvent } from '../../incident/event.ts';
import type { ParticipantId } from '../../incident/ids.ts';
import type { Role } from '../../incident/role.ts';
import type { Severity, SeverityPolicy } from '../../incident/severity.ts';
import type { IngestSource } from '../../intake/source.ts';
import type { IncidentStatus } from '../../incident/status.ts';
import type { Bookmark, Replayable, SeenBy, SurveyAnswer, WhatIfOffer } from '../../protocol/debrief.ts';
import type { Weights } from '../../scoring/index.ts';
import type { PostmortemState } from '../../incident/state.ts';
import type { GroundTruth } from '../../incident/truth.ts';
import type { TrackedAction } from '../../postmortem/action-files.ts';
import type { ActionTerms } from '../../postmortem/action-items.ts';
import type { PostmortemDocument } from '../../postmortem/document.ts';
import type { MilestoneCorrection } from '../../postmortem/milestone-corrections.ts';
import type { Figure, LogEntry, Moment, Rerun } from '../../protocol/postmortem.ts';
import type { VariantChoice } from '../../protocol/variants.ts';
import type { TargetState } from '../integrations/outgoing/index.ts';
import type { IncidentHeader, IncidentListItem, RoomInfo, ScenarioCard } from '../../protocol/messages.ts';

/** What a load needs of SvelteKit's `cookies`. */
export interface CookieReader {
	get(name: string): string | undefined;
}

/** Who reads a page, as the cookie set at joining says; null for somebody who has not joined. */
export interface Reader {
	participantId: ParticipantId;
	name: string;
	host: boolean;
	seats: Role[];
}

/** The room before anybody has joined: enough for the join form. Events come over the socket. */
export interface RoomPage {
	header: IncidentHeader;
	lifecycle: IncidentListItem['lifecycle'];
	scenario: ScenarioCard | null;
	/** `key`: a real incident, which only those with its link may join. */
	admission: 'open' | 'key';
	me: Reader | null;
	people: { participantId: ParticipantId; name: string }[];
}

export interface DebriefPage {
	header: IncidentHeader;
	lifecycle: IncidentListItem['lifecycle'];
	scenario: ScenarioCard | null;
	/** Null in a real incident. */
	room: RoomInfo | null;
	/** Null for a reader from outside, who sees what everyone in the room could. */
	me: Reader | null;
	people: { participantId: ParticipantId; name: string }[];
	/** Whether what was hidden is among the events: opened by the host, or the reader facilitates. */
	truthOpen: boolean;
	/** All that this reader may see, numbered by `viewSeq`; timeline, milestones and scorecard are folded from them. */
	events: ViewEvent[];
	/** What the organisation lets the groups of the scorecard count; null for the shares as shipped. */
	weights: Weights | null;
	admin: boolean;
	/** Whether this reader leads: opens the truth, gives ratings afterwards, shares links. */
	leads: boolean;
	survey: SurveyAnswer;
}

/** The replay: the debrief's events, each with when it became known (incident time) and who could see it then. */
export interface ReplayPage {
	header: IncidentHeader;
	lifecycle: IncidentListItem['lifecycle'];
	room: RoomInfo | null;
	me: Reader | null;
	people: { participantId: ParticipantId; name: string }[];
	truthOpen: boolean;
	events: ViewEvent[];
	knownAt: number[];
	seenBy: SeenBy[];
	bookmarks: Bookmark[];
	replayable: Replayable;
}

export interface WhatIfPage {
	header: IncidentHeader;
	me: Reader | null;
	room: RoomInfo | null;
	offer: WhatIfOffer;
	/** Worked out when the run ended: always there. */
	twins: PayloadOf<'twin.computed'>[];
}

/** What a link shows to whoever has it. */
export type SharedPage =
	| { state: 'withdrawn' }
	| {
			state: 'open';
			/** For whom the link was made. */
			label: string;
			names: boolean;
			key: string;
			origin: 'practice' | 'real';
			title: string;
			policy: SeverityPolicy;
			timeZone: string | null;
			weights: Weights | null;
			people: { participantId: ParticipantId; name: string }[];
			events: ViewEvent[];
	  };

export interface PostmortemPage {
	header: IncidentHeader;
	lifecycle: IncidentListItem['lifecycle'];
	severity: Severity | null;
	me: Reader | null;
	people: { participantId: ParticipantId; name: string }[];
	state: PostmortemState['state'];
	/** Wall time. */
	dueAt: number | null;
	revision: number;
	/** The last publication; `at` is wall time. Null before the first. */
	published: { at: number; revision: number; contentHash: string | null; version: number | null } | null;
	truthOpen: boolean;
	timeZone: string | null;
	/** Today as `2024-02-15`: what is due before it is overdue. */
	today: string;
	/** The log in words, for evidence and for the timeline; empty until there is a draft. */
	log: LogEntry[];
	moments: Moment[];
	corrections: MilestoneCorrection[];
	figures: Figure[];
	/** What actions are proposed with. */
	terms: ActionTerms;
	/** Practice only, once it was published. */
	truth: GroundTruth | null;
	/** Runs that may prove that an action worked, newest first. */
	reruns: Rerun[];
	/** What those that are linked showed. */
	proofs: Record<string, Figure[]>;
	/** For a reader who has not joined; those who have get it over the socket. */
	document: PostmortemDocument | null;
}

export interface ActionsPage {
	today: string;
	actions: (TrackedAction & { mayChange: boolean })[];
	/** Post-mortems that are not published yet, the most pressing first. `dueAt` is wall time. */
	postmortems: {
		incidentId: string;
		key: string;
		title: string;
		origin: 'practice' | 'real';
		state: 'draft' | 'review';
		revision: number;
		dueAt: number | null;
		overdue: boolean;
	}[];
	/** Actions of real incidents that this reader was not in. */
	hidden: number;
}

/** The public status page, as a customer sees it. */
export interface StatusPage {
	incidentId: string;
	title: string;
	/** False for a real incident. */
	exercise: boolean;
	timeZone: string | null;
	/** Null while nothing was published. */
	state: IncidentStatus | null;
	/** Newest first. Times are incident time. */
	updates: { at: number; state: IncidentStatus; impact: string; action: string; nextUpdateAt: number | null }[];
}

export interface SettingsPage {
	admin: boolean;
	policy: SeverityPolicy;
	/** The policy as shipped, for "back to the default". */
	defaultPolicy: SeverityPolicy;
	/** Alert sources; empty for anybody but the administrator. */
	sources: IngestSource[];
	/** What Muster understands, for a new source. */
	adapters: { id: string; name: string }[];
	/** What the groups of the scorecard count; null for the shares as shipped. */
	weights: Weights | null;
	/** Where alerts of exercises go; empty for everybody but the administrator. */
	alertTargets: TargetState[];
}

/** How one of Muster's own players fared with a scenario, in the mean over its runs. */
export interface ReferenceRun {
	policy: string;
	runs: number;
	resolved: number;
	/** Until recovery began; null where it never did. */
	mitigatedMs: number | null;
	endedMs: number;
	impactMinutes: number;
	score: number | null;
	/** How often harm was done, per run. */
	harms: number;
}

/** A scenario before it is played: nothing here gives its cause away but the precedent, which is shown on request. */
export interface ScenarioPage {
	card: ScenarioCard;
	/** Shipped with Muster, and proven before it was. */
	shipped: boolean;
	objectives: string[];
	precedent: string;
	zone: string;
	/** Fictional begin, epoch milliseconds. */
	startsAt: number;
	services: { name: string; kind: string; about: string }[];
	references: ReferenceRun[];
	/** How well those did in all who know nothing of it, 0..1; null where nobody has measured it. */
	ease: number | null;
	/** Other circumstances under which it can be played. */
	variants: VariantChoice[];
	/** Runs of it here, newest first. */
	runs: IncidentListItem[];
}

/** A scenario that could not be loaded, and the first thing wrong with it. */
export interface BrokenScenario {
	id: string;
	/** `file:line:column: code: message` */
	message: string;
}

export type { IncidentListItem, ScenarioCard, Severity, SeverityPolicy };
