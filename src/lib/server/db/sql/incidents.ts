// Incidents: making, reading and listing them.

import { and, count, desc, eq, ilike, ne, or, sql } from 'drizzle-orm';
import type { IncidentId } from '../../../incident/ids.ts';
import type { IncidentListItem } from '../../../protocol/messages.ts';
import { DATABASE_NOW, rows, type Database, type Orm } from '../database.ts';
import { counter, incident, incidentEvent, incidentHead, participant, run, scenarioVersion } from '../schema.ts';
import type { Head, IncidentQuery, NewIncident, StoredIncident, StoredRun, Unfinished } from '../storage.ts';
import { toEventRow } from './append.ts';
import { LEASE_MS } from './lease.ts';

export async function createIncident(database: Database, fresh: NewIncident): Promise<{ key: string; head: Head }> {
	return database.orm.transaction(async (tx) => {
		const key = await nextKey(tx, fresh.origin, fresh.createdAt);
		const { incidentId, origin, createdAt, policy, hostKeyHash, joinKey, summary, events } = fresh;
		await tx
			.insert(incident)
			.values({ id: incidentId, key, origin, createdAt, policy, hostKeyHash, joinKey, ...summary });
		const seq = events.at(-1)?.seq ?? 0;
		const simMs = fresh.run ? 0 : null;
		await tx.insert(incidentHead).values({
			incidentId,
			owner: fresh.owner,
			epoch: 1,
			leaseUntil: sql`${DATABASE_NOW} + ${LEASE_MS}`,
			seq,
			n: 0,
			simMs
		});
		if (fresh.run) {
			const { scenarioId, contentHash, seed, settings, engineVersion, content } = fresh.run;
			await tx
				.insert(scenarioVersion)
				.values({ contentHash, scenarioId, content, storedAt: createdAt })
				.onConflictDoNothing();
			await tx.insert(run).values({ incidentId, scenarioId, contentHash, seed, settings, engineVersion });
		}
		if (events.length > 0) {
			await tx.insert(incidentEvent).values(
				events.map((event) => {
					const row = toEventRow(event);
					return {
						incidentId,
						seq: row.seq,
						type: row.type,
						v: row.v,
						occurredAt: row.occurred_at,
						recordedAt: row.recorded_at,
						simMs: row.sim_ms,
						actor: row.actor,
						audience: row.audience,
						causedBy: row.caused_by,
						payload: row.payload
					};
				})
			);
		}
		return { key, head: { epoch: 1, seq, n: 0, simMs } };
	});
}

async function nextKey(tx: Orm, origin: 'practice' | 'real', createdAt: number): Promise<string> {
	const year = new Date(createdAt).getUTCFullYear();
	const name = origin === 'practice' ? 'practice' : `real:${year}`;
	const [row] = await tx
		.insert(counter)
		.values({ name, value: 1 })
		.onConflictDoUpdate({ target: counter.name, set: { value: sql`${counter.value} + 1` } })
		.returning({ value: counter.value });
	const number = String(row?.value ?? 1).padStart(4, '0');
	return origin === 'practice' ? `EX-${number}` : `INC-${year}-${number}`;
}

export async function readIncident(database: Database, incidentId: IncidentId): Promise<StoredIncident | null> {
	const [row] = await database.orm.select().from(incident).where(eq(incident.id, incidentId));
	if (!row) return null;
	const { key, origin, createdAt, policy, hostKeyHash, joinKey, title, lifecycle } = row;
	return { incidentId, key, origin, createdAt, policy, hostKeyHash, joinKey, title, lifecycle };
}

export async function readRun(database: Database, incidentId: IncidentId): Promise<StoredRun | null> {
	const [row] = await database.orm.select().from(run).where(eq(run.incidentId, incidentId));
	if (!row) return null;
	const { scenarioId, contentHash, seed, settings, engineVersion, endedHash } = row;
	return { scenarioId, contentHash, seed, settings, engineVersion, endedHash };
}

export async function readScenario(database: Database, contentHash: string): Promise<unknown> {
	const [row] = await database.orm
		.select({ content: scenarioVersion.content })
		.from(scenarioVersion)
		.where(eq(scenarioVersion.contentHash, contentHash));
	return row?.content ?? null;
}

export async function listIncidents(database: Database, query: IncidentQuery): Promise<IncidentListItem[]> {
	const pattern = `%${query.search.replace(/[\\%_]/g, '\\$&')}%`;
	const matches = or(
		ilike(incident.title, pattern),
		ilike(incident.key, pattern),
		ilike(incident.id, pattern),
		ilike(run.scenarioId, pattern),
		sql`exists (select 1 from ${participant} where ${participant.incidentId} = ${incident.id} and ${participant.name} ilike ${pattern})`
	);
	const found = await database.orm
		.select({ incident, scenario: run.scenarioId })
		.from(incident)
		.leftJoin(run, eq(run.incidentId, incident.id))
		.where(and(query.search === '' ? undefined : matches))
		.orderBy(desc(incident.createdAt), desc(incident.key))
		.limit(query.limit);
	return found.map(({ incident: row, scenario }) => ({
		incidentId: row.id,
		key: row.key,
		origin: row.origin,
		title: row.title,
		scenario,
		severity: row.severity,
		lifecycle: row.lifecycle,
		status: row.status,
		createdAt: row.createdAt,
		endedAt: row.endedAt,
		people: row.people
	}));
}

export async function countRuns(database: Database): Promise<Record<string, number>> {
	const found = await database.orm
		.select({ scenarioId: run.scenarioId, runs: count() })
		.from(run)
		.groupBy(run.scenarioId);
	return Object.fromEntries(found.map(({ scenarioId, runs }) => [scenarioId, runs]));
}

export async function unfinished(database: Database): Promise<Unfinished[]> {
	return database.orm
		.select({ incidentId: incident.id, origin: incident.origin, lifecycle: incident.lifecycle })
		.from(incident)
		.where(ne(incident.lifecycle, 'ended'))
		.orderBy(incident.createdAt);
}

export async function ping(database: Database): Promise<void> {
	await rows(database.orm, sql`select 1`);
}
