import type { CommandBody } from '../incident/command.ts';
import type { ViewEvent } from '../incident/event.ts';
import type { ParticipantId } from '../incident/ids.ts';
import type { Refusal } from '../incident/refusal.ts';
import type { CommandRole, Role } from '../incident/role.ts';
import type { Severity, SeverityPolicy } from '../incident/severity.ts';
import type { ShellClientToServer } from './shell.ts';
import type { TraceClientToServer } from './traces.ts';

/** Raised when a message changes its meaning; a client of another version is told to reload. */
export const PROTOCOL_VERSION = 1;

/** Namespace of the incident itself: events, commands, clock, presence. */
export const INCIDENT_NAMESPACE = '/incident';
/** Namespace of what can be seen of the simulated system. Practice only. */
export const TELEMETRY_NAMESPACE = '/telemetry';
/** Namespace of the shared post-mortem document (Yjs updates). */
export const POSTMORTEM_NAMESPACE = '/postmortem';

/** Given in the Socket.IO handshake (`auth`) of every namespace. `token` comes from joining over HTTP. */
export interface HandshakeAuth {
	protocol: number;
	incidentId: string;
	token: string;
}

export interface Person {
	participantId: ParticipantId;
	name: string;
	/** Has an open connection now. */
	here: boolean;
	host: boolean;
}

/** Simulated or wall time, for the room's clocks. `at` is incident time (epoch ms) at the moment of sending. */
export interface ClockReading {
	at: number;
	simMs: number | null;
	speed: number;
	running: boolean;
}

/** What everyone in the room may know of the scenario from the start. Nothing here depends on hidden things. */
export interface RoomInfo {
	scenario: {
		id: string;
		title: string;
		synopsis: string;
		minutes: number;
		difficulty: number;
		team: string;
		skills: string[];
		objectives: string[];
	};
	timeZone: string;
	services: {
		id: string;
		kind: string;
		about: string;
		version: string;
		replicas: number;
		endpoints: { method: string; path: string }[];
		/** Ids of services it calls. */
		dependsOn: string[];
	}[];
	mitigations: {
		id: string;
		name: string;
		command: string;
		kind: string;
		description: string;
		takesMs: number;
		confirm: CommandRole | null;
	}[];
	diagnostics: { id: string; title: string; command: string; kind: string; takesMs: number }[];
	runbooks: {
		id: string;
		name: string;
		alerts: string[];
		/** Worked through in order, or things that tools can do, picked one by one. */
		kind: 'guide' | 'procedures';
		updated: string;
		/** Brought by the team, not part of the scenario. */
		own?: boolean;
		markdown: string;
		steps: {
			id: string;
			title: string;
			kind: 'automated' | 'manual' | 'decision';
			command: string | null;
			text: string;
			/** A tool carries it out, and production is not the same afterwards. */
			changes: boolean;
		}[];
	}[];
	roleCards: Partial<Record<CommandRole, { brief: string; knows: string }>>;
	onCall: { seat: string; name: string; title: string }[];
	panels: PanelInfo[];
}

export interface PanelInfo {
	id: string;
	/** Null for a panel that is about all services. */
	service: string | null;
	group: 'golden' | 'resources';
	title: string;
	unit: 'rps' | 'ratio' | 'seconds' | 'bytes' | 'count' | 'cores';
	query: string;
	/** Label that names a line, e.g. `quantile` or `version`; empty for one line. */
	legend: string;
	limit: number | null;
	/** Which way is good, where there is one: the limit is a ceiling where low is, a floor where high is. */
	better: 'low' | 'high' | null;
	/** Only series with these labels belong to the panel (queries are shared between panels). */
	where: Record<string, string>;
}

export interface IncidentHeader {
	incidentId: string;
	/** As people say it: `EX-0012`, `INC-2026-0003`. */
	key: string;
	origin: 'practice' | 'real';
	title: string;
	createdAt: number;
	policy: SeverityPolicy;
}

/** Answer to `hello`: everything a browser needs to show what this viewer may see. */
export interface Snapshot {
	header: IncidentHeader;
	me: { participantId: ParticipantId; name: string; host: boolean; seats: Role[] };
	/** Changes when the viewer's seats (or the opening of the truth) change what may be seen; numbering starts anew then. */
	viewKey: string;
	/** All visible events when `from` is 0, else those after it. */
	from: number;
	events: ViewEvent[];
	people: Person[];
	clock: ClockReading;
	/** Null in a real incident. */
	room: RoomInfo | null;
	/** Addresses to share; `host` only for the host. */
	links: { join: string; host: string | null; statusPage: string };
}

/** Ground truth live, for the facilitator's seat alone. */
export interface FacilitatorView {
	faults: { id: string; state: string; phase: string; sinceMs: number; note: string }[];
	injects: {
		id: string;
		channel: string;
		from: string;
		text: string;
		expected: string;
		status: 'waiting' | 'delivered' | 'skipped';
		dueMs: number | null;
		trigger: string;
	}[];
	truth: { rootCause: string; trigger: string; customersSee: string; redHerrings: string[]; notes: string };
	mitigations: { id: string; verdict: string; why: string }[];
	impact: { share: number; affectedMinutes: number };
	restored: { condition: string; holds: boolean }[];
	hints: string[];
}

export type CommandAnswer = { ok: true; n: number; result: CommandResult | null } | Refusal;

/** What a command answers directly to whoever gave it (beside its events). */
export type CommandResult = { kind: 'console'; output: string; known: boolean };

export interface IncidentClientToServer {
	hello: (
		message: { lastViewSeq: number; viewKey: string | null },
		answer: (answer: { ok: true; snapshot: Snapshot } | Refusal) => void
	) => void;
	/** `clientCommandId` makes a resend harmless. */
	command: (message: { clientCommandId: string; body: CommandBody }, answer: (answer: CommandAnswer) => void) => void;
	catchUp: (
		message: { after: number; viewKey: string },
		answer: (answer: { ok: true; events: ViewEvent[] } | Refusal) => void
	) => void;
}

export interface IncidentServerToClient {
	/** Ordered, contiguous in `viewSeq`; a gap means: call `catchUp`. */
	events: (message: { viewKey: string; events: ViewEvent[] }) => void;
	/** What may be seen has changed (a seat was taken, the truth opened): replace everything. */
	view: (message: Snapshot) => void;
	clock: (message: ClockReading) => void;
	people: (message: Person[]) => void;
	facilitator: (message: FacilitatorView) => void;
	/** Something about Muster itself: the database is away, the server restarts, … `clear` takes a notice back. */
	notice: (
		message: { code: string; message: string; level: 'info' | 'warn' | 'error' } | { code: string; clear: true }
	) => void;
}

/** A series of a panel: `index` is its column in later frames. Times are incident time, epoch ms. */
export interface PanelSeries {
	index: number;
	labels: Record<string, string>;
	times: Float64Array | number[];
	values: Float64Array | number[];
}

export interface TelemetryClientToServer extends TraceClientToServer, ShellClientToServer {
	/** Replaces the set of open queries. Answer: history of each over the window. Queries are PromQL. */
	open: (
		message: { queries: { key: string; query: string }[]; windowMs: number; stepMs: number },
		answer: (answer: { ok: true; results: QueryResult[] } | Refusal) => void
	) => void;
	range: (
		message: { query: string; fromAt: number; toAt: number; stepMs: number },
		answer: (answer: { ok: true; result: QueryResult } | Refusal) => void
	) => void;
	logs: (message: LogsMessage, answer: (answer: { ok: true; page: LogsAnswer } | Refusal) => void) => void;
	health: (
		message: Record<string, never>,
		answer: (answer: { ok: true; services: HealthAnswer[] } | Refusal) => void
	) => void;
	/** Names of the run's own metrics, for completion in the query editor. */
	names: (
		message: Record<string, never>,
		answer: (answer: { ok: true; families: { name: string; type: string; help: string }[] } | Refusal) => void
	) => void;
	/** Labels and their values, of one metric or (`null`) of all, for completion. */
	labels: (
		message: { metric: string | null },
		answer: (answer: { ok: true; labels: Record<string, string[]> } | Refusal) => void
	) => void;
}

export interface TelemetryServerToClient {
	/** One binary frame for all open queries of this client, see frame.ts. Volatile: a missed one is repaired by the next `open`. */
	frame: (frame: ArrayBuffer) => void;
	/** A series that was not in the history appears. */
	series: (message: { key: string; index: number; labels: Record<string, string> }) => void;
}

export interface QueryResult {
	key: string;
	/** Position of this query in frames. */
	queryIndex: number;
	error: string | null;
	/** Where in the query the error is: offsets [from, to). */
	errorAt: { from: number; to: number } | null;
	/** What Prometheus would remark on a query that it answers, e.g. that a metric may be no counter. */
	notes: string[];
	series: PanelSeries[];
}

/** A record passes where its field has (`=`) or has not (`!=`) the value. */
export interface LogFieldFilter {
	name: string;
	op: '=' | '!=';
	value: string;
}

export interface LogsMessage {
	services: string[];
	levels: string[];
	/** Part of a record in any case, or an RE2 pattern where `pattern` is set; empty for all. */
	text: string;
	pattern: boolean;
	fields: LogFieldFilter[];
	fromAt: number;
	toAt: number;
	limit: number;
}

export interface LogsAnswer {
	records: {
		at: number;
		level: 'debug' | 'info' | 'warn' | 'error' | 'fatal';
		service: string;
		instance: string;
		version: string;
		traceId: string;
		spanId: string;
		msg: string;
		fields: Record<string, string>;
		stack: string[];
	}[];
	sampledOneIn: number;
	truncated: boolean;
	/** How far back was looked: later than the beginning of the window where the search had to end before. */
	searchedFromAt: number;
	/** Real records that stand behind it all, by level in equal slices; with a search those found. */
	histogram: { fromAt: number; error: number; warn: number; info: number }[];
}

export interface HealthAnswer {
	service: string;
	level: 'ok' | 'warn' | 'bad' | 'unknown';
	note: string;
	requestsPerSecond: number | null;
	errorRatio: number | null;
	p95Ms: number | null;
}

export interface PostmortemClientToServer {
	/** Answer: the whole document as one Yjs update. */
	open: (message: Record<string, never>, answer: (answer: { ok: true; update: Uint8Array } | Refusal) => void) => void;
	/** Acknowledged after it is stored. `correction` is what the server set right in it. */
	update: (
		message: { update: Uint8Array },
		answer: (answer: { ok: true; correction?: Uint8Array } | Refusal) => void
	) => void;
	history: (
		message: Record<string, never>,
		answer: (answer: ({ ok: true } & PostmortemHistoryAnswer) | Refusal) => void
	) => void;
	/** The document as it read after `n` updates, as one Yjs update. */
	version: (message: { n: number }, answer: (answer: { ok: true; update: Uint8Array } | Refusal) => void) => void;
	/** Makes the document read like that version again; a change like any other. */
	restore: (message: { n: number }, answer: (answer: { ok: true } | Refusal) => void) => void;
	awareness: (message: { update: Uint8Array }) => void;
}

/** Who wrote when, and what they corrected in the timeline. Times are wall time. */
export interface PostmortemHistoryAnswer {
	versions: { n: number; fromAt: number; toAt: number; by: ParticipantId[]; published: number | null }[];
	corrections: {
		lineId: string;
		what: 'time' | 'text' | 'added' | 'removed' | 'put_back';
		from: string;
		to: string;
		by: ParticipantId;
		at: number;
	}[];
}

export interface PostmortemServerToClient {
	update: (message: { update: Uint8Array }) => void;
	/** Something about it stands in the log: it was given for review, published, a moment was corrected, an action tracked. */
	changed: (message: Record<string, never>) => void;
	awareness: (message: { update: Uint8Array }) => void;
}

/** HTTP: POST /api/runs → start a practice run. */
export interface StartRunRequest {
	scenario: string;
	seed?: string;
	name: string;
	/** Take the facilitator's seat instead of playing. */
	facilitate?: boolean;
	/** Id of a team's own system to play on. */
	system?: string;
	/** A variant of the scenario by its id, or `?` for one by chance; as it is written where left out. */
	variant?: string;
}
/** HTTP: POST /api/incidents (administrator) → declare a real incident. */
export interface DeclareRealRequest {
	title: string;
	severity: Severity;
	summary: string;
	name: string;
}
/** Answer of both. The host link holds the host key in its fragment. */
export interface Started {
	incidentId: string;
	hostKey: string;
	participantId: ParticipantId;
	token: string;
	url: string;
}
/** HTTP: POST /api/incidents/<id>/join. `hostKey` proves the host link; `seat` is asked for at once (may be refused softly). */
export interface JoinRequest {
	name: string;
	as: 'responder' | 'observer' | 'facilitator';
	hostKey?: string;
	joinKey?: string;
	seat?: CommandRole;
}
export interface Joined {
	participantId: ParticipantId;
	token: string;
}

/** HTTP: GET /api/incidents and the home page. */
export interface IncidentListItem {
	incidentId: string;
	key: string;
	origin: 'practice' | 'real';
	title: string;
	scenario: string | null;
	severity: Severity | null;
	lifecycle: 'lobby' | 'running' | 'paused' | 'ended';
	status: string;
	createdAt: number;
	endedAt: number | null;
	people: number;
}

/** A scenario's card on the home page. */
export interface ScenarioCard {
	id: string;
	title: string;
	synopsis: string;
	class: string;
	/** As its author says, 1 to 5. */
	difficulty: number;
	/** As measured by how those fare who know nothing of it, 1 to 5; absent where nobody has measured it. */
	measured?: number;
	minutes: number;
	team: string;
	severity: Severity;
	skills: string[];
	tags: string[];
}
