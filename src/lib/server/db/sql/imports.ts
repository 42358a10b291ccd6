// Importing: many incidents in one statement, so that each is stored whole or not at all and ten thousand take seconds.

import { sql } from 'drizzle-orm';
import type { ImportedFacts } from '../../../incident/events/intake-events.ts';
import type { IncidentId } from '../../../incident/ids.ts';
import type { SeverityPolicy } from '../../../incident/severity.ts';
import { rows, type Database } from '../database.ts';
import type { ImportedIncident } from '../intake-storage.ts';
import { toEventRow } from './append.ts';

export async function importIncidents(
	database: Database,
	fresh: readonly ImportedIncident[],
	policy: SeverityPolicy
): Promise<Set<IncidentId>> {
	const input = JSON.stringify(fresh.map(toInput));
	const stored = await rows(
		database.orm,
		sql`
		with input as (
			select * from json_to_recordset(${input}::text::json) as x(
				id text, year int, created_at bigint, host_key_hash text, join_key text, title text, severity text, lifecycle text,
				status text, people int, ended_at bigint, person text, person_name text, seq int, events json
			)
		), fresh as (
			select i.*, row_number() over (partition by i.year order by i.created_at, i.id) as nth
			from input i where not exists (select 1 from incident t where t.id = i.id)
		), counts as (
			select year, count(*)::int as many from fresh group by year
		), counters as (
			insert into counter (name, value)
			select 'real:' || year, many from counts
			on conflict (name) do update set value = counter.value + excluded.value
			returning name, value
		), numbered as (
			select f.*, c.value - n.many + f.nth as number
			from fresh f join counts n on n.year = f.year join counters c on c.name = 'real:' || f.year
		), incidents as (
			insert into incident (
				id, key, origin, created_at, policy, host_key_hash, join_key, title, severity, lifecycle, status, people, ended_at
			)
			select id, 'INC-' || year || '-' || lpad(number::text, greatest(4, length(number::text)), '0'), 'real', created_at,
				${JSON.stringify(policy)}::text::json, host_key_hash, join_key, title, severity, lifecycle, status, people, ended_at
			from numbered
			on conflict (id) do nothing
			returning id
		), heads as (
			insert into incident_head (incident_id, owner, epoch, lease_until, seq, n, sim_ms)
			select f.id, null, 1, 0, f.seq, 0, null from fresh f join incidents using (id)
		), persons as (
			insert into participant (incident_id, id, name, token_hash, host, joined_at)
			select f.id, f.person, f.person_name, '', false, f.created_at from fresh f join incidents using (id)
		), events as (
			insert into incident_event
				(incident_id, seq, type, v, occurred_at, recorded_at, sim_ms, actor, audience, caused_by, payload)
			select f.id, e.seq, e.type, e.v, e.occurred_at, e.recorded_at, e.sim_ms, e.actor, e.audience, e.caused_by, e.payload
			from fresh f join incidents using (id),
				json_to_recordset(f.events) as e(
					seq int, type text, v smallint, occurred_at bigint, recorded_at bigint, sim_ms bigint, actor json, audience json,
					caused_by int, payload json
				)
		)
		select id from incidents`
	);
	return new Set(stored.map(({ id }) => String(id)));
}

function toInput({ incidentId, createdAt, hostKeyHash, joinKey, summary, events, person }: ImportedIncident) {
	return {
		id: incidentId,
		year: new Date(createdAt).getUTCFullYear(),
		created_at: createdAt,
		host_key_hash: hostKeyHash,
		join_key: joinKey,
		title: summary.title,
		severity: summary.severity,
		lifecycle: summary.lifecycle,
		status: summary.status,
		people: summary.people,
		ended_at: summary.endedAt,
		person: person.participantId,
		person_name: person.name,
		seq: events.at(-1)?.seq ?? 0,
		events: events.map(toEventRow)
	};
}

export async function importedFacts(
	database: Database,
	incidentIds: readonly IncidentId[]
): Promise<Map<IncidentId, ImportedFacts>> {
	const found = await rows(
		database.orm,
		sql`
		select distinct on (incident_id) incident_id, payload from incident_event
		where type = 'incident.imported'
			and incident_id in (select json_array_elements_text(${JSON.stringify(incidentIds)}::text::json))
		order by incident_id, seq desc`
	);
	return new Map(found.map(({ incident_id, payload }) => [String(incident_id), payload as ImportedFacts]));
}
