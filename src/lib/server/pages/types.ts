// What pages are given by their loads.

import type { ViewEvent } from '../../incident/event.ts';
import type { ParticipantId } from '../../incident/ids.ts';
import type { Role } from '../../incident/role.ts';
import type { Severity, SeverityPolicy } from '../../incident/severity.ts';
import type { IncidentStatus } from '../../incident/status.ts';
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
}

export interface PostmortemPage {
	header: IncidentHeader;
	lifecycle: IncidentListItem['lifecycle'];
	me: Reader | null;
	people: { participantId: ParticipantId; name: string }[];
	state: 'none' | 'draft' | 'published';
	/** Incident time. */
	dueAt: number | null;
	truthOpen: boolean;
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
	/** Where alerts of exercises go; empty for everybody but the administrator. */
	alertTargets: TargetState[];
}

/** How one of Muster's own players fared with a scenario. */
export interface ReferenceRun {
	policy: string;
	resolved: boolean;
	endedMs: number;
	impactMinutes: number;
}

/** A scenario before it is played: nothing here gives its cause away but the precedent, which is shown on request. */
export interface ScenarioPage {
	card: ScenarioCard;
	objectives: string[];
	precedent: string;
	zone: string;
	/** Fictional begin, epoch milliseconds. */
	startsAt: number;
	services: { name: string; kind: string; about: string }[];
	references: ReferenceRun[];
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
