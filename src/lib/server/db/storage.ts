// What the rest of the server knows of the database. Two implementations keep one contract (storage.contract.ts).

import type { LoggedCommand } from '../../incident/command.ts';
import type { IncidentEvent } from '../../incident/event.ts';
import type { IncidentId, ParticipantId } from '../../incident/ids.ts';
import type { Severity, SeverityPolicy } from '../../incident/severity.ts';
import type { StoredUpdate } from '../../postmortem/history.ts';
import type { RunSettings } from '../../engine/types.ts';
import type { CommandResult, IncidentListItem } from '../../protocol/messages.ts';
import type { BrowserStorage } from './browser-storage.ts';
import type { AuthoredStorage } from './authored-storage.ts';
import type { IntakeStorage } from './intake-storage.ts';

/** The database does not answer, or not now. Nothing is known to have been done; what was under way may have been. */
export class StorageUnavailable extends Error {
	override name = 'StorageUnavailable';
	constructor(cause: unknown) {
		super('The database does not answer.', { cause });
	}
}

export interface StoredIncident {
	incidentId: IncidentId;
	key: string;
	origin: 'practice' | 'real';
	createdAt: number;
	policy: SeverityPolicy;
	hostKeyHash: string;
	joinKey: string | null;
	title: string;
	lifecycle: IncidentListItem['lifecycle'];
}

/** What lists show of an incident: follows the log, and is written with it. */
export interface Summary {
	title: string;
	severity: Severity | null;
	lifecycle: IncidentListItem['lifecycle'];
	status: string;
	people: number;
	/** Wall time. */
	endedAt: number | null;
}

export interface StoredRun {
	scenarioId: string;
	contentHash: string;
	seed: string;
	settings: RunSettings;
	engineVersion: string;
	/** Hash of the engine's state at `run.ended`; null while the run goes on. */
	endedHash: string | null;
}

export interface NewIncident {
	incidentId: IncidentId;
	origin: 'practice' | 'real';
	createdAt: number;
	policy: SeverityPolicy;
	hostKeyHash: string;
	joinKey: string | null;
	summary: Summary;
	/** Null for a real incident. `content` is stored once per content hash. */
	run: (Omit<StoredRun, 'endedHash'> & { content: unknown }) | null;
	/** Events of the beginning (pre-history, truth), numbered from 1. */
	events: IncidentEvent[];
	owner: string;
}

/** Where a log stands, and under which lease. */
export interface Head {
	epoch: number;
	seq: number;
	n: number;
	simMs: number | null;
}

export interface StoredCommand extends LoggedCommand {
	result: CommandResult | null;
}

/** One step of an incident: at most one command and all that followed, stored together or not at all. */
export interface Append {
	incidentId: IncidentId;
	epoch: number;
	/** `seq` of the last event and `n` of the last command before this; other values there mean somebody else appended. */
	after: { seq: number; n: number };
	command: StoredCommand | null;
	events: IncidentEvent[];
	simMs: number | null;
	/** Null where it has not changed. */
	summary: Summary | null;
	/** Set by the step that ends a run. */
	endedHash?: string | null;
}

export type AppendOutcome =
	| { ok: true }
	/** The same participant's command with this client id is in the log already. */
	| { ok: false; reason: 'duplicate'; stored: { n: number; result: CommandResult | null } }
	/** Somebody else owns the incident now, or has appended. */
	| { ok: false; reason: 'fenced' };

export interface Snapshot {
	n: number;
	seq: number;
	simMs: number;
	engineVersion: string;
	hash: string;
	state: unknown;
	takenAt: number;
}

export interface StoredParticipant {
	participantId: ParticipantId;
	name: string;
	tokenHash: string;
	host: boolean;
	joinedAt: number;
}

export interface StoredAttachment {
	attachmentId: string;
	name: string;
	contentType: string;
	bytes: Uint8Array;
}

/** A link by which a debrief is read without an account. Times are wall time. */
export interface StoredShareLink {
	id: string;
	incidentId: IncidentId;
	label: string;
	/** Whether people appear by name or by number. */
	names: boolean;
	createdAt: number;
	/** Null for the administrator. */
	participantId: ParticipantId | null;
	withdrawnAt: number | null;
}

/** An event about a post-mortem or an action, and the incident that it belongs to. */
export interface ReviewEvent {
	incidentId: IncidentId;
	key: string;
	title: string;
	origin: 'practice' | 'real';
	event: IncidentEvent;
}

export interface Unfinished {
	incidentId: IncidentId;
	origin: 'practice' | 'real';
	lifecycle: IncidentListItem['lifecycle'];
}

/** An incident and where its log stands. */
export interface LogStand {
	incidentId: IncidentId;
	key: string;
	origin: 'practice' | 'real';
	title: string;
	lifecycle: IncidentListItem['lifecycle'];
	seq: number;
	/** What it is played on; null of a real incident. */
	run: { scenarioId: string; contentHash: string } | null;
}

export interface IncidentQuery {
	/** Part of a title, key, scenario or name; empty for all. */
	search: string;
	limit: number;
}

/** Every method rejects with StorageUnavailable while the database does not answer. */
export interface Storage extends IntakeStorage, BrowserStorage, AuthoredStorage {
	readonly kind: 'pglite' | 'postgres';
	ping(): Promise<void>;
	close(): Promise<void>;

	/** Stores the incident, its run and its first events at once; the creator owns it under the epoch that comes back. */
	createIncident(incident: NewIncident): Promise<{ key: string; head: Head }>;
	readIncident(incidentId: IncidentId): Promise<StoredIncident | null>;
	readRun(incidentId: IncidentId): Promise<StoredRun | null>;
	/** The scenario as it was stored with the run. */
	readScenario(contentHash: string): Promise<unknown>;
	/** Newest first. */
	listIncidents(query: IncidentQuery): Promise<IncidentListItem[]>;
	/** How many runs each scenario has had, by its id; those without any are absent. */
	countRuns(): Promise<Record<string, number>>;
	/** Incidents that have not ended, oldest first. */
	unfinished(): Promise<Unfinished[]>;

	/** Takes the incident over where nobody living owns it, `owner` does, or `mayTake` says its owner is dead. Null where it is another's. */
	acquire(incidentId: IncidentId, owner: string, mayTake: (owner: string) => boolean): Promise<Head | null>;
	/** Prolongs the leases and notes how far simulated time has come; answers with those still held. */
	renew(
		owner: string,
		held: { incidentId: IncidentId; epoch: number; simMs: number | null }[]
	): Promise<Set<IncidentId>>;
	/** Gives an incident back, so that another may take it at once. */
	release(incidentId: IncidentId, epoch: number): Promise<void>;
	append(append: Append): Promise<AppendOutcome>;

	/** Events with `seq` greater than `after`, in order. */
	readEvents(incidentId: IncidentId, after?: number): Promise<IncidentEvent[]>;
	/** Commands with `n` greater than `after`, in order. */
	readCommands(incidentId: IncidentId, after?: number): Promise<StoredCommand[]>;
	/** Kept only under the epoch given: a server that lost the incident writes nothing more. */
	writeSnapshot(incidentId: IncidentId, epoch: number, snapshot: Snapshot): Promise<void>;
	readSnapshot(incidentId: IncidentId): Promise<Snapshot | null>;

	/** Gives the next id of the incident (`p1`, `p2`, …). */
	addParticipant(incidentId: IncidentId, participant: Omit<StoredParticipant, 'participantId'>): Promise<ParticipantId>;
	readParticipants(incidentId: IncidentId): Promise<StoredParticipant[]>;
	/** Replaces the name and drops the token; of everybody of that name in all incidents where `everywhere`. Answers who it was. */
	forgetParticipant(
		incidentId: IncidentId,
		participantId: ParticipantId,
		replacement: string,
		everywhere: boolean
	): Promise<{ incidentId: IncidentId; participantId: ParticipantId }[]>;
	/** The same for everybody of that name in all incidents. */
	forgetName(name: string, replacement: string): Promise<{ incidentId: IncidentId; participantId: ParticipantId }[]>;

	/** Every incident and where its log stands, for figures over many. */
	listLogs(): Promise<LogStand[]>;
	/** Events of these types of several incidents at once, each log in its order. */
	readEventsOf(incidentIds: readonly IncidentId[], types: readonly string[]): Promise<Map<IncidentId, IncidentEvent[]>>;
	/** Who took part in practice, by the name they gave; those who were forgotten are left out. */
	listPlayers(): Promise<{ incidentId: IncidentId; name: string }[]>;

	readPostmortem(incidentId: IncidentId): Promise<Uint8Array[]>;
	/** The same with who wrote each, and when (wall time). */
	readPostmortemUpdates(incidentId: IncidentId): Promise<StoredUpdate[]>;
	/** Events about post-mortems and their actions, of all incidents, in the order of each log. */
	readReviewEvents(): Promise<ReviewEvent[]>;
	/** Where `first`, only if there is no update yet; answers whether it was stored. */
	appendPostmortem(
		incidentId: IncidentId,
		update: { bytes: Uint8Array; at: number; participantId: ParticipantId | null; first: boolean }
	): Promise<boolean>;

	addAttachment(
		incidentId: IncidentId,
		attachment: StoredAttachment & { participantId: ParticipantId; at: number }
	): Promise<void>;
	readAttachment(incidentId: IncidentId, attachmentId: string): Promise<StoredAttachment | null>;
	/** Bytes of all attachments of an incident. */
	attachmentBytes(incidentId: IncidentId): Promise<number>;

	addShareLink(link: Omit<StoredShareLink, 'withdrawnAt'> & { tokenHash: string }): Promise<void>;
	/** Newest first, withdrawn ones too. */
	listShareLinks(incidentId: IncidentId): Promise<StoredShareLink[]>;
	/** Null where no link ever had that token. */
	findShareLink(tokenHash: string): Promise<StoredShareLink | null>;
	/** False where the incident has no such link. Withdrawing again changes nothing. */
	withdrawShareLink(incidentId: IncidentId, id: string, at: number): Promise<boolean>;

	/** Undefined where it was never set. */
	readSetting(key: string): Promise<unknown>;
	writeSetting(key: string, value: unknown, at: number): Promise<void>;
	/** Stores a value only where there is none; answers the one that stands then. */
	initialSetting(key: string, value: unknown, at: number): Promise<unknown>;

	addAdminSession(tokenHash: string, until: number): Promise<void>;
	hasAdminSession(tokenHash: string, now: number): Promise<boolean>;
	removeAdminSession(tokenHash: string): Promise<void>;
}
