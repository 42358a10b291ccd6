// Who takes part. The log knows people by id alone, so a name can be replaced without touching it.

import { and, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { IncidentId, ParticipantId } from '../../../incident/ids.ts';
import type { Database } from '../database.ts';
import { browserRun, incident, participant } from '../schema.ts';
import type { StoredParticipant } from '../storage.ts';

export async function addParticipant(
	database: Database,
	incidentId: IncidentId,
	fresh: Omit<StoredParticipant, 'participantId'>
): Promise<ParticipantId> {
	return database.orm.transaction(async (tx) => {
		// The incident's row makes those who join at once take turns.
		await tx.select({ id: incident.id }).from(incident).where(eq(incident.id, incidentId)).for('update');
		const [counted] = await tx
			.select({ count: sql<number>`count(*)::int` })
			.from(participant)
			.where(eq(participant.incidentId, incidentId));
		const id = `p${(counted?.count ?? 0) + 1}`;
		await tx.insert(participant).values({ incidentId, id, ...fresh });
		return id;
	});
}

export async function readParticipants(database: Database, incidentId: IncidentId): Promise<StoredParticipant[]> {
	const found = await database.orm
		.select()
		.from(participant)
		.where(eq(participant.incidentId, incidentId))
		.orderBy(sql`substr(${participant.id}, 2)::int`);
	return found.map(({ id, name, tokenHash, host, joinedAt }) => ({
		participantId: id,
		name,
		tokenHash,
		host,
		joinedAt
	}));
}

export async function forgetParticipant(
	database: Database,
	incidentId: IncidentId,
	participantId: ParticipantId,
	replacement: string,
	everywhere: boolean
): Promise<{ incidentId: IncidentId; participantId: ParticipantId }[]> {
	const one = and(eq(participant.incidentId, incidentId), eq(participant.id, participantId));
	const name = database.orm.select({ name: participant.name }).from(participant).where(one);
	return forget(database, replacement, everywhere ? inArray(participant.name, name) : one);
}

export async function forgetName(
	database: Database,
	name: string,
	replacement: string
): Promise<{ incidentId: IncidentId; participantId: ParticipantId }[]> {
	return forget(database, replacement, eq(participant.name, name));
}

/** Name, token, and which browser it was. */
async function forget(
	database: Database,
	replacement: string,
	which: SQL | undefined
): Promise<{ incidentId: IncidentId; participantId: ParticipantId }[]> {
	return database.orm.transaction(async (tx) => {
		const forgotten = await tx
			.update(participant)
			.set({ name: replacement, tokenHash: '' })
			.where(which)
			.returning({ incidentId: participant.incidentId, participantId: participant.id });
		for (const { incidentId, participantId } of forgotten) {
			await tx
				.delete(browserRun)
				.where(and(eq(browserRun.incidentId, incidentId), eq(browserRun.participantId, participantId)));
		}
		return forgotten;
	});
}
