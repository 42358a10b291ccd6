// The append: one statement per batch, so that a step of an incident is stored whole or not at all.

import { sql } from 'drizzle-orm';
import type { IncidentEvent } from '../../../incident/event.ts';
import { EVENT_SCHEMA_VERSION } from '../../../incident/event.ts';
import type { IncidentId } from '../../../incident/ids.ts';
import { rows, type Database } from '../database.ts';
import type { Append } from '../storage.ts';

/**
 * Stores all steps whose incident is still owned under the step's epoch and stands where the step says; answers with their
 * incidents. Moving the head row first makes appends of one incident take turns, also with one that a dead server left under
 * way. Rejects where a client's command id is known already: then nothing of the batch is stored.
 */
export async function appendBatch(database: Database, batch: readonly Append[]): Promise<Set<IncidentId>> {
	const input = JSON.stringify(batch.map(toInput));
	const stored = await rows(
		database.orm,
		sql`
		with input as (
			select * from json_to_recordset(${input}::text::json) as x(
				incident_id text, epoch int, seq int, n int, new_seq int, new_n int, sim_ms bigint,
				command json, events json, summary json, ended_hash text
			)
		), head as (
			update incident_head h
			set seq = i.new_seq, n = i.new_n, sim_ms = coalesce(i.sim_ms, h.sim_ms)
			from input i
			where h.incident_id = i.incident_id and h.epoch = i.epoch and h.seq = i.seq and h.n = i.n
			returning h.incident_id
		), commands as (
			insert into incident_command (incident_id, n, sim_ms, at, participant_id, host, client_command_id, body, result)
			select i.incident_id, c.n, c.sim_ms, c.at, c.participant_id, c.host, c.client_command_id, c.body, c.result
			from input i join head using (incident_id),
				json_to_record(i.command) as c(
					n int, sim_ms bigint, at bigint, participant_id text, host boolean, client_command_id text, body json, result json
				)
			where i.command is not null
		), events as (
			insert into incident_event
				(incident_id, seq, type, v, occurred_at, recorded_at, sim_ms, actor, audience, caused_by, payload)
			select i.incident_id, e.seq, e.type, e.v, e.occurred_at, e.recorded_at, e.sim_ms, e.actor, e.audience, e.caused_by,
				e.payload
			from input i join head using (incident_id),
				json_to_recordset(i.events) as e(
					seq int, type text, v smallint, occurred_at bigint, recorded_at bigint, sim_ms bigint, actor json, audience json,
					caused_by int, payload json
				)
		), summaries as (
			update incident t
			set title = s.title, severity = s.severity, lifecycle = s.lifecycle, status = s.status, people = s.people,
				ended_at = s.ended_at
			from input i join head using (incident_id),
				json_to_record(i.summary) as s(
					title text, severity text, lifecycle text, status text, people int, ended_at bigint
				)
			where t.id = i.incident_id and i.summary is not null
		), endings as (
			update run r set ended_hash = i.ended_hash
			from input i join head using (incident_id)
			where r.incident_id = i.incident_id and i.ended_hash is not null
		)
		select incident_id from head`
	);
	return new Set(stored.map(({ incident_id }) => String(incident_id)));
}

function toInput(append: Append) {
	const { command, events, summary } = append;
	return {
		incident_id: append.incidentId,
		epoch: append.epoch,
		seq: append.after.seq,
		n: append.after.n,
		new_seq: events.at(-1)?.seq ?? append.after.seq,
		new_n: command?.n ?? append.after.n,
		sim_ms: append.simMs,
		command: command && {
			n: command.n,
			sim_ms: command.simMs,
			at: command.at,
			participant_id: command.by.participantId,
			host: command.by.host,
			client_command_id: command.clientCommandId,
			body: command.body,
			result: command.result
		},
		events: events.map(toEventRow),
		summary: summary && {
			title: summary.title,
			severity: summary.severity,
			lifecycle: summary.lifecycle,
			status: summary.status,
			people: summary.people,
			ended_at: summary.endedAt
		},
		ended_hash: append.endedHash ?? null
	};
}

/** Times are whole milliseconds in the tables; a draft may carry fractions of one. */
export function toEventRow(event: IncidentEvent) {
	return {
		seq: event.seq,
		type: event.type,
		v: EVENT_SCHEMA_VERSION,
		occurred_at: Math.round(event.occurredAt),
		recorded_at: event.recordedAt,
		sim_ms: event.simMs === null ? null : Math.round(event.simMs),
		actor: event.actor,
		audience: event.audience,
		caused_by: event.causedBy,
		payload: event.payload
	};
}
