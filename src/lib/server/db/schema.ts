// The tables. Times are epoch milliseconds; whether they are wall time or incident time is said at each.
//
// Bodies are `json`, not `jsonb`: they come back as they were written, and nothing here searches inside them.

import {
	bigint,
	boolean,
	customType,
	index,
	integer,
	json,
	pgTable,
	primaryKey,
	smallint,
	text,
	unique
} from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { Actor, Audience } from '../../incident/actor.ts';
import type { CommandBody } from '../../incident/command.ts';
import type { Severity, SeverityPolicy } from '../../incident/severity.ts';
import type { RunSettings } from '../../engine/types.ts';
import type { CommandResult } from '../../protocol/messages.ts';
import type { ScenarioFiles } from './authored-storage.ts';
import type { SourceSettings } from './intake-storage.ts';

const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });
const ms = (name: string) => bigint(name, { mode: 'number' });

/** One incident, practice or real, and what lists show of it: the columns from `title` on follow the log. */
export const incident = pgTable(
	'incident',
	{
		id: text('id').primaryKey(),
		/** As people say it: `EX-0012`, `INC-2026-0003`. */
		key: text('key').notNull().unique(),
		origin: text('origin').$type<'practice' | 'real'>().notNull(),
		createdAt: ms('created_at').notNull(),
		policy: json('policy').$type<SeverityPolicy>().notNull(),
		/** SHA-256 of the host key, hexadecimal. */
		hostKeyHash: text('host_key_hash').notNull(),
		/** Part of the link that admits people to a real incident; null where everybody who can reach the server may join. */
		joinKey: text('join_key'),
		title: text('title').notNull(),
		severity: text('severity').$type<Severity>(),
		lifecycle: text('lifecycle').$type<'lobby' | 'running' | 'paused' | 'ended'>().notNull(),
		status: text('status').notNull(),
		people: integer('people').notNull(),
		/** Wall time. */
		endedAt: ms('ended_at')
	},
	(table) => [index('incident_created').on(table.createdAt)]
);

/** Where an incident's log stands and who may append to it. Every append moves this row, so it also orders them. */
export const incidentHead = pgTable('incident_head', {
	incidentId: text('incident_id')
		.primaryKey()
		.references(() => incident.id),
	/** The server that owns it: host, process and its start; null where none does. */
	owner: text('owner'),
	/** Rises at every change of owner; an append under an older one is refused. */
	epoch: integer('epoch').notNull(),
	/** Wall time of the database until which the owner is believed to live. */
	leaseUntil: ms('lease_until').notNull(),
	seq: integer('seq').notNull(),
	n: integer('n').notNull(),
	/** Simulated time that has certainly passed; null in a real incident. */
	simMs: ms('sim_ms')
});

export const incidentEvent = pgTable(
	'incident_event',
	{
		incidentId: text('incident_id')
			.notNull()
			.references(() => incident.id),
		seq: integer('seq').notNull(),
		type: text('type').notNull(),
		/** Schema version of the payload. */
		v: smallint('v').notNull(),
		/** Incident time. */
		occurredAt: ms('occurred_at').notNull(),
		/** Wall time. */
		recordedAt: ms('recorded_at').notNull(),
		simMs: ms('sim_ms'),
		actor: json('actor').$type<Actor>().notNull(),
		audience: json('audience').$type<Audience>().notNull(),
		causedBy: integer('caused_by'),
		payload: json('payload').$type<Record<string, unknown>>().notNull()
	},
	(table) => [
		primaryKey({ columns: [table.incidentId, table.seq] }),
		// What is asked across all incidents: post-mortems that are due, actions that are late.
		index('incident_event_review')
			.on(table.incidentId, table.seq)
			.where(sql`type LIKE 'postmortem.%' OR type LIKE 'action_item.%'`)
	]
);

export const incidentCommand = pgTable(
	'incident_command',
	{
		incidentId: text('incident_id')
			.notNull()
			.references(() => incident.id),
		n: integer('n').notNull(),
		simMs: ms('sim_ms'),
		/** Incident time. */
		at: ms('at').notNull(),
		participantId: text('participant_id').notNull(),
		host: boolean('host').notNull(),
		/** Made by the client: a command that is sent again carries the same. */
		clientCommandId: text('client_command_id').notNull(),
		body: json('body').$type<CommandBody>().notNull(),
		/** What it answered beside its events. */
		result: json('result').$type<CommandResult>()
	},
	(table) => [
		primaryKey({ columns: [table.incidentId, table.n] }),
		unique('incident_command_client').on(table.incidentId, table.participantId, table.clientCommandId)
	]
);

/** A scenario as it was played, stored once per content. */
export const scenarioVersion = pgTable('scenario_version', {
	contentHash: text('content_hash').primaryKey(),
	scenarioId: text('scenario_id').notNull(),
	/** CompiledScenario. */
	content: json('content').$type<unknown>().notNull(),
	storedAt: ms('stored_at').notNull()
});

/** What a practice incident is played on. */
export const run = pgTable('run', {
	incidentId: text('incident_id')
		.primaryKey()
		.references(() => incident.id),
	scenarioId: text('scenario_id').notNull(),
	contentHash: text('content_hash')
		.notNull()
		.references(() => scenarioVersion.contentHash),
	seed: text('seed').notNull(),
	settings: json('settings').$type<RunSettings>().notNull(),
	engineVersion: text('engine_version').notNull(),
	/** Hash of the engine's state at `run.ended`; null while the run goes on. */
	endedHash: text('ended_hash')
});

/** The latest snapshot of a run. Disposable: the log gives the same. */
export const runSnapshot = pgTable('run_snapshot', {
	incidentId: text('incident_id')
		.primaryKey()
		.references(() => incident.id),
	/** Last command and last event that it contains. */
	n: integer('n').notNull(),
	seq: integer('seq').notNull(),
	simMs: ms('sim_ms').notNull(),
	engineVersion: text('engine_version').notNull(),
	hash: text('hash').notNull(),
	/** EngineState. */
	state: json('state').$type<unknown>().notNull(),
	takenAt: ms('taken_at').notNull()
});

/** People, by the ids that the log knows them by. A name may be replaced; the log stays. */
export const participant = pgTable(
	'participant',
	{
		incidentId: text('incident_id')
			.notNull()
			.references(() => incident.id),
		id: text('id').notNull(),
		name: text('name').notNull(),
		/** SHA-256 of the token, hexadecimal; empty once forgotten. */
		tokenHash: text('token_hash').notNull(),
		host: boolean('host').notNull(),
		joinedAt: ms('joined_at').notNull()
	},
	(table) => [primaryKey({ columns: [table.incidentId, table.id] }), index('participant_name').on(table.name)]
);

/** Which runs a browser took part in, so that whoever sits at it finds their own again. A browser is known by a cookie alone. */
export const browserRun = pgTable(
	'browser_run',
	{
		/** SHA-256 of the cookie's value, hexadecimal. */
		browserHash: text('browser_hash').notNull(),
		incidentId: text('incident_id')
			.notNull()
			.references(() => incident.id),
		participantId: text('participant_id').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.browserHash, table.incidentId, table.participantId] }),
		index('browser_run_participant').on(table.incidentId, table.participantId)
	]
);

/** Scenarios whose truth a browser was shown, because somebody said there that they facilitate it. */
export const browserSpoiler = pgTable(
	'browser_spoiler',
	{
		browserHash: text('browser_hash').notNull(),
		scenarioId: text('scenario_id').notNull(),
		/** Wall time: runs that begin later were played by somebody who could know. */
		at: ms('at').notNull()
	},
	(table) => [primaryKey({ columns: [table.browserHash, table.scenarioId] })]
);

/** Updates of the shared post-mortem document, as Yjs made them; merged they are the document. */
export const postmortemUpdate = pgTable(
	'postmortem_update',
	{
		incidentId: text('incident_id')
			.notNull()
			.references(() => incident.id),
		n: integer('n').notNull(),
		bytes: bytes('bytes').notNull(),
		at: ms('at').notNull(),
		/** Null for the first one, which Muster drafts. */
		participantId: text('participant_id')
	},
	(table) => [primaryKey({ columns: [table.incidentId, table.n] })]
);

export const attachment = pgTable(
	'attachment',
	{
		incidentId: text('incident_id')
			.notNull()
			.references(() => incident.id),
		id: text('id').notNull(),
		name: text('name').notNull(),
		contentType: text('content_type').notNull(),
		bytes: bytes('bytes').notNull(),
		participantId: text('participant_id').notNull(),
		at: ms('at').notNull()
	},
	(table) => [primaryKey({ columns: [table.incidentId, table.id] })]
);

/** Links by which a debrief is read without an account. A withdrawn one is kept, so that its page can say so. */
export const shareLink = pgTable(
	'share_link',
	{
		id: text('id').primaryKey(),
		incidentId: text('incident_id')
			.notNull()
			.references(() => incident.id),
		/** SHA-256 of the token, hexadecimal. */
		tokenHash: text('token_hash').notNull().unique(),
		/** For whom it was made, in the words of whoever made it. */
		label: text('label').notNull(),
		/** Whether people appear by name or by number. */
		names: boolean('names').notNull(),
		createdAt: ms('created_at').notNull(),
		/** Null for the administrator. */
		participantId: text('participant_id'),
		withdrawnAt: ms('withdrawn_at')
	},
	(table) => [index('share_link_incident').on(table.incidentId)]
);

/** What the organisation has set: the severity policy, the hash of the administrator's secret. */
export const setting = pgTable('setting', {
	key: text('key').primaryKey(),
	value: json('value').$type<unknown>().notNull(),
	changedAt: ms('changed_at').notNull()
});

export const adminSession = pgTable('admin_session', {
	tokenHash: text('token_hash').primaryKey(),
	until: ms('until').notNull()
});

/** Last number given out, per kind of key. */
export const counter = pgTable('counter', {
	name: text('name').primaryKey(),
	value: integer('value').notNull()
});

/** Whoever may send alerts in: one source, one token. */
export const ingestSource = pgTable('ingest_source', {
	id: text('id').primaryKey(),
	name: text('name').notNull(),
	adapter: text('adapter').notNull(),
	/** SHA-256 of the token, hexadecimal. */
	tokenHash: text('token_hash').notNull().unique(),
	settings: json('settings').$type<SourceSettings>().notNull(),
	createdAt: ms('created_at').notNull(),
	/** Null while its token is good. */
	revokedAt: ms('revoked_at'),
	lastUsedAt: ms('last_used_at'),
	/** Alerts taken and refused so far. */
	taken: integer('taken').notNull(),
	refused: integer('refused').notNull()
});

/** Which incident the alerts of a group belong to now. */
export const ingestGroup = pgTable(
	'ingest_group',
	{
		sourceId: text('source_id')
			.notNull()
			.references(() => ingestSource.id),
		/** SHA-256 of what the source calls the group. */
		groupHash: text('group_hash').notNull(),
		/** May name one that is only about to be made. */
		incidentId: text('incident_id').notNull()
	},
	(table) => [primaryKey({ columns: [table.sourceId, table.groupHash] })]
);

/** Alerts that came in, so that none is taken twice; what they said is in the log of the incident. */
export const ingestAlert = pgTable(
	'ingest_alert',
	{
		sourceId: text('source_id')
			.notNull()
			.references(() => ingestSource.id),
		fingerprint: text('fingerprint').notNull(),
		/** When it began, as the source says. */
		startsAt: ms('starts_at').notNull(),
		incidentId: text('incident_id').notNull(),
		alertId: text('alert_id').notNull()
	},
	(table) => [primaryKey({ columns: [table.sourceId, table.fingerprint, table.startsAt] })]
);

/** Scenarios that people wrote here, by their slug. */
export const authoredScenario = pgTable('authored_scenario', {
	id: text('id').primaryKey(),
	/** Number of the latest version; a save is refused where it is another than its author knows. */
	version: integer('version').notNull(),
	/** The latest version that loads; null while none does. */
	offered: integer('offered'),
	createdAt: ms('created_at').notNull(),
	changedAt: ms('changed_at').notNull()
});

/** Every version of them, whole. */
export const authoredVersion = pgTable(
	'authored_version',
	{
		scenarioId: text('scenario_id')
			.notNull()
			.references(() => authoredScenario.id),
		version: integer('version').notNull(),
		files: json('files').$type<ScenarioFiles>().notNull(),
		note: text('note').notNull(),
		savedAt: ms('saved_at').notNull(),
		/** As runs store it; null where the version does not load. */
		contentHash: text('content_hash'),
		errors: integer('errors').notNull()
	},
	(table) => [primaryKey({ columns: [table.scenarioId, table.version] })]
);
