// Alert sources and what became of their alerts.

import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import type { IncidentId } from '../../../incident/ids.ts';
import { rows, type Database } from '../database.ts';
import type { AlertKey, AlertPlace, IngestSource, SourceSettings } from '../intake-storage.ts';
import { ingestAlert, ingestSource } from '../schema.ts';

export async function addSource(database: Database, source: IngestSource & { tokenHash: string }): Promise<void> {
	const { sourceId, ...rest } = source;
	await database.orm.insert(ingestSource).values({ id: sourceId, ...rest });
}

export async function listSources(database: Database): Promise<IngestSource[]> {
	const found = await database.orm
		.select()
		.from(ingestSource)
		.orderBy(asc(ingestSource.createdAt), asc(ingestSource.id));
	return found.map(toSource);
}

export async function findSource(database: Database, tokenHash: string): Promise<IngestSource | null> {
	const [row] = await database.orm.select().from(ingestSource).where(eq(ingestSource.tokenHash, tokenHash));
	return row ? toSource(row) : null;
}

export async function changeSource(
	database: Database,
	sourceId: string,
	name: string,
	settings: SourceSettings
): Promise<boolean> {
	const changed = await database.orm
		.update(ingestSource)
		.set({ name, settings })
		.where(eq(ingestSource.id, sourceId))
		.returning({ id: ingestSource.id });
	return changed.length > 0;
}

export async function revokeSource(database: Database, sourceId: string, at: number): Promise<boolean> {
	const revoked = await database.orm
		.update(ingestSource)
		.set({ revokedAt: at })
		.where(and(eq(ingestSource.id, sourceId), isNull(ingestSource.revokedAt)))
		.returning({ id: ingestSource.id });
	return revoked.length > 0;
}

export async function noteSource(
	database: Database,
	sourceId: string,
	at: number,
	taken: number,
	refused: number
): Promise<void> {
	await database.orm
		.update(ingestSource)
		.set({
			lastUsedAt: at,
			taken: sql`${ingestSource.taken} + ${taken}`,
			refused: sql`${ingestSource.refused} + ${refused}`
		})
		.where(eq(ingestSource.id, sourceId));
}

export async function claimGroup(
	database: Database,
	sourceId: string,
	groupHash: string,
	fresh: IncidentId
): Promise<IncidentId> {
	// The row is locked by its insertion or update, so that two servers agree on one incident.
	const [claimed] = await rows(
		database.orm,
		sql`
		insert into ingest_group as g (source_id, group_hash, incident_id) values (${sourceId}, ${groupHash}, ${fresh})
		on conflict (source_id, group_hash) do update set incident_id = case
			when exists (
				select 1 from incident i
				where i.id = g.incident_id and (i.lifecycle = 'ended' or i.status in ('resolved', 'closed'))
			) then excluded.incident_id
			else g.incident_id
		end
		returning incident_id`
	);
	return String(claimed?.incident_id ?? fresh);
}

export async function claimAlert(
	database: Database,
	sourceId: string,
	{ fingerprint, startsAt }: AlertKey,
	{ incidentId, alertId }: AlertPlace
): Promise<AlertPlace> {
	const [mine] = await database.orm
		.insert(ingestAlert)
		.values({ sourceId, fingerprint, startsAt, incidentId, alertId })
		.onConflictDoNothing()
		.returning({ alertId: ingestAlert.alertId });
	if (mine) return { incidentId, alertId };
	return (await findAlert(database, sourceId, { fingerprint, startsAt })) ?? { incidentId, alertId };
}

export async function findAlert(
	database: Database,
	sourceId: string,
	{ fingerprint, startsAt }: { fingerprint: string; startsAt: number | null }
): Promise<AlertPlace | null> {
	const [row] = await database.orm
		.select({ incidentId: ingestAlert.incidentId, alertId: ingestAlert.alertId })
		.from(ingestAlert)
		.where(
			and(
				eq(ingestAlert.sourceId, sourceId),
				eq(ingestAlert.fingerprint, fingerprint),
				startsAt === null ? undefined : eq(ingestAlert.startsAt, startsAt)
			)
		)
		.orderBy(desc(ingestAlert.startsAt))
		.limit(1);
	return row ?? null;
}

function toSource({ id, tokenHash: _tokenHash, ...rest }: typeof ingestSource.$inferSelect): IngestSource {
	return { sourceId: id, ...rest };
}
