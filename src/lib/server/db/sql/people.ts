// Who takes part. The log knows people by id alone, so a name can be replaced without touching it.

import { and, eq, inArray, sql } from 'drizzle-orm';
import type { IncidentId, ParticipantId } from '../../../incident/ids.ts';
import type { Database } from '../database.ts';
import { incident, participant } from '../schema.ts';
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
	const forgotten = await database.orm
		.update(participant)
		.set({ name: replacement, tokenHash: '' })
		.where(everywhere ? inArray(participant.name, name) : one)
		.returning({ incidentId: participant.incidentId, participantId: participant.id });
	return forgotten;
}

export async function forgetName(
	database: Database,
	name: string,
	replacement: string
): Promise<{ incidentId: IncidentId; participantId: ParticipantId }[]> {
	return database.orm
		.update(participant)
		.set({ name: replacement, tokenHash: '' })
		.where(eq(participant.name, name))
		.returning({ incidentId: participant.incidentId, participantId: participant.id });
}
