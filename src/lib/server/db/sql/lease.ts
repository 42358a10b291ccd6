// Who may append to an incident. Ownership is a row with an epoch; taking over raises it, and an append under an older one
// finds no row to move.

import { and, eq, sql } from 'drizzle-orm';
import type { IncidentId } from '../../../incident/ids.ts';
import { DATABASE_NOW, rows, type Database } from '../database.ts';
import { incidentHead } from '../schema.ts';
import type { Head } from '../storage.ts';

/** How long an owner that says nothing is believed to live, in milliseconds. */
export const LEASE_MS = 15_000;

export async function acquire(
	database: Database,
	incidentId: IncidentId,
	owner: string,
	mayTake: (owner: string) => boolean
): Promise<Head | null> {
	const [head] = await database.orm
		.select({
			owner: incidentHead.owner,
			epoch: incidentHead.epoch,
			expired: sql<boolean>`${incidentHead.leaseUntil} < ${DATABASE_NOW}`
		})
		.from(incidentHead)
		.where(eq(incidentHead.incidentId, incidentId));
	if (!head) return null;
	if (head.owner !== null && head.owner !== owner && !head.expired && !mayTake(head.owner)) return null;
	const [taken] = await database.orm
		.update(incidentHead)
		.set({ owner, epoch: head.epoch + 1, leaseUntil: sql`${DATABASE_NOW} + ${LEASE_MS}` })
		.where(and(eq(incidentHead.incidentId, incidentId), eq(incidentHead.epoch, head.epoch)))
		.returning();
	return taken ? { epoch: taken.epoch, seq: taken.seq, n: taken.n, simMs: taken.simMs } : null;
}

export async function renew(
	database: Database,
	owner: string,
	held: { incidentId: IncidentId; epoch: number; simMs: number | null }[]
): Promise<Set<IncidentId>> {
	if (held.length === 0) return new Set();
	const input = JSON.stringify(
		held.map(({ incidentId, epoch, simMs }) => ({ incident_id: incidentId, epoch, sim_ms: simMs }))
	);
	const renewed = await rows(
		database.orm,
		sql`
		update incident_head h
		set lease_until = ${DATABASE_NOW} + ${LEASE_MS}, sim_ms = greatest(h.sim_ms, i.sim_ms)
		from json_to_recordset(${input}::text::json) as i(incident_id text, epoch int, sim_ms bigint)
		where h.incident_id = i.incident_id and h.epoch = i.epoch and h.owner = ${owner}
		returning h.incident_id`
	);
	return new Set(renewed.map(({ incident_id }) => String(incident_id)));
}

export async function release(database: Database, incidentId: IncidentId, epoch: number): Promise<void> {
	await database.orm
		.update(incidentHead)
		.set({ owner: null, leaseUntil: 0 })
		.where(and(eq(incidentHead.incidentId, incidentId), eq(incidentHead.epoch, epoch)));
}
