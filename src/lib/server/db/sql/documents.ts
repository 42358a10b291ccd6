// What stands beside the log: post-mortem documents and attachments.

import { and, asc, eq, sql } from 'drizzle-orm';
import type { IncidentId, ParticipantId } from '../../../incident/ids.ts';
import type { StoredUpdate } from '../../../postmortem/history.ts';
import type { Database } from '../database.ts';
import { attachment, incident, postmortemUpdate } from '../schema.ts';
import type { StoredAttachment } from '../storage.ts';

export async function readPostmortem(database: Database, incidentId: IncidentId): Promise<Uint8Array[]> {
	const found = await database.orm
		.select({ bytes: postmortemUpdate.bytes })
		.from(postmortemUpdate)
		.where(eq(postmortemUpdate.incidentId, incidentId))
		.orderBy(asc(postmortemUpdate.n));
	return found.map(({ bytes }) => bytes);
}

export async function readPostmortemUpdates(database: Database, incidentId: IncidentId): Promise<StoredUpdate[]> {
	return database.orm
		.select({ bytes: postmortemUpdate.bytes, at: postmortemUpdate.at, participantId: postmortemUpdate.participantId })
		.from(postmortemUpdate)
		.where(eq(postmortemUpdate.incidentId, incidentId))
		.orderBy(asc(postmortemUpdate.n));
}

export async function appendPostmortem(
	database: Database,
	incidentId: IncidentId,
	update: { bytes: Uint8Array; at: number; participantId: ParticipantId | null; first: boolean }
): Promise<boolean> {
	return database.orm.transaction(async (tx) => {
		await tx.select({ id: incident.id }).from(incident).where(eq(incident.id, incidentId)).for('update');
		const [last] = await tx
			.select({ n: sql<number>`coalesce(max(${postmortemUpdate.n}), 0)::int` })
			.from(postmortemUpdate)
			.where(eq(postmortemUpdate.incidentId, incidentId));
		const n = (last?.n ?? 0) + 1;
		if (update.first && n > 1) return false;
		const { bytes, at, participantId } = update;
		await tx.insert(postmortemUpdate).values({ incidentId, n, bytes, at, participantId });
		return true;
	});
}

export async function addAttachment(
	database: Database,
	incidentId: IncidentId,
	fresh: StoredAttachment & { participantId: ParticipantId; at: number }
): Promise<void> {
	const { attachmentId: id, name, contentType, bytes, participantId, at } = fresh;
	await database.orm.insert(attachment).values({ incidentId, id, name, contentType, bytes, participantId, at });
}

export async function readAttachment(
	database: Database,
	incidentId: IncidentId,
	attachmentId: string
): Promise<StoredAttachment | null> {
	const [row] = await database.orm
		.select()
		.from(attachment)
		.where(and(eq(attachment.incidentId, incidentId), eq(attachment.id, attachmentId)));
	return row ? { attachmentId, name: row.name, contentType: row.contentType, bytes: row.bytes } : null;
}

export async function attachmentBytes(database: Database, incidentId: IncidentId): Promise<number> {
	const [row] = await database.orm
		.select({ bytes: sql<number>`coalesce(sum(length(${attachment.bytes})), 0)::int` })
		.from(attachment)
		.where(eq(attachment.incidentId, incidentId));
	return row?.bytes ?? 0;
}
