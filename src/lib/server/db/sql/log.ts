// Reading a log back, and the snapshots that make it short.

import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { IncidentEvent } from '../../../incident/event.ts';
import type { IncidentId } from '../../../incident/ids.ts';
import type { Database } from '../database.ts';
import { incident, incidentCommand, incidentEvent, incidentHead, runSnapshot } from '../schema.ts';
import type { ReviewEvent, Snapshot, StoredCommand } from '../storage.ts';
import { upcast } from '../upcast.ts';

export async function readEvents(database: Database, incidentId: IncidentId, after: number): Promise<IncidentEvent[]> {
	const found = await database.orm
		.select()
		.from(incidentEvent)
		.where(and(eq(incidentEvent.incidentId, incidentId), gt(incidentEvent.seq, after)))
		.orderBy(asc(incidentEvent.seq));
	return found.map(({ v, incidentId: _incidentId, ...event }) => upcast(v, event));
}

export async function readReviewEvents(database: Database): Promise<ReviewEvent[]> {
	const { key, title, origin } = incident;
	const found = await database.orm
		.select({ stored: incidentEvent, key, title, origin })
		.from(incidentEvent)
		.innerJoin(incident, eq(incident.id, incidentEvent.incidentId))
		// As the index says it, so that it is used.
		.where(sql`type LIKE 'postmortem.%' OR type LIKE 'action_item.%'`)
		.orderBy(asc(incidentEvent.incidentId), asc(incidentEvent.seq));
	return found.map(({ stored: { v, incidentId, ...event }, ...of }) => ({
		incidentId,
		...of,
		event: upcast(v, event)
	}));
}

export async function readCommands(
	database: Database,
	incidentId: IncidentId,
	after: number
): Promise<StoredCommand[]> {
	const found = await database.orm
		.select()
		.from(incidentCommand)
		.where(and(eq(incidentCommand.incidentId, incidentId), gt(incidentCommand.n, after)))
		.orderBy(asc(incidentCommand.n));
	return found.map(({ n, simMs, at, participantId, host, clientCommandId, body, result }) => ({
		n,
		simMs,
		at,
		by: { participantId, host },
		clientCommandId,
		body,
		result
	}));
}

/** The command that the same participant sent under the same id before; null where none was stored. */
export async function findCommand(
	database: Database,
	incidentId: IncidentId,
	{ by: { participantId }, clientCommandId }: Pick<StoredCommand, 'by' | 'clientCommandId'>
): Promise<Pick<StoredCommand, 'n' | 'result'> | null> {
	const [row] = await database.orm
		.select({ n: incidentCommand.n, result: incidentCommand.result })
		.from(incidentCommand)
		.where(
			and(
				eq(incidentCommand.incidentId, incidentId),
				eq(incidentCommand.participantId, participantId),
				eq(incidentCommand.clientCommandId, clientCommandId)
			)
		);
	return row ?? null;
}

export async function writeSnapshot(
	database: Database,
	incidentId: IncidentId,
	epoch: number,
	snapshot: Snapshot
): Promise<void> {
	await database.orm.transaction(async (tx) => {
		const [owned] = await tx
			.select({ epoch: incidentHead.epoch })
			.from(incidentHead)
			.where(and(eq(incidentHead.incidentId, incidentId), eq(incidentHead.epoch, epoch)))
			.for('share');
		if (!owned) return;
		await tx
			.insert(runSnapshot)
			.values({ incidentId, ...snapshot })
			.onConflictDoUpdate({
				target: runSnapshot.incidentId,
				set: {
					n: sql`excluded.n`,
					seq: sql`excluded.seq`,
					simMs: sql`excluded.sim_ms`,
					engineVersion: sql`excluded.engine_version`,
					hash: sql`excluded.hash`,
					state: sql`excluded.state`,
					takenAt: sql`excluded.taken_at`
				}
			});
	});
}

export async function readSnapshot(database: Database, incidentId: IncidentId): Promise<Snapshot | null> {
	const [row] = await database.orm.select().from(runSnapshot).where(eq(runSnapshot.incidentId, incidentId));
	if (!row) return null;
	const { incidentId: _incidentId, ...snapshot } = row;
	return snapshot;
}
