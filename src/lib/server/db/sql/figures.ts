// Reads over many incidents at once, for figures.

import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import type { IncidentEvent } from '../../../incident/event.ts';
import type { IncidentId } from '../../../incident/ids.ts';
import type { Database } from '../database.ts';
import { incident, incidentEvent, incidentHead, participant, run } from '../schema.ts';
import type { LogStand } from '../storage.ts';
import { upcast } from '../upcast.ts';

export async function listLogs(database: Database): Promise<LogStand[]> {
	const found = await database.orm
		.select({
			incidentId: incident.id,
			key: incident.key,
			origin: incident.origin,
			title: incident.title,
			lifecycle: incident.lifecycle,
			seq: incidentHead.seq,
			scenarioId: run.scenarioId,
			contentHash: run.contentHash
		})
		.from(incident)
		.innerJoin(incidentHead, eq(incidentHead.incidentId, incident.id))
		.leftJoin(run, eq(run.incidentId, incident.id))
		.orderBy(asc(incident.createdAt), asc(incident.id));
	return found.map(({ scenarioId, contentHash, ...log }) => ({
		...log,
		run: scenarioId !== null && contentHash !== null ? { scenarioId, contentHash } : null
	}));
}

export async function readEventsOf(
	database: Database,
	incidentIds: readonly IncidentId[],
	types: readonly string[]
): Promise<Map<IncidentId, IncidentEvent[]>> {
	const logs = new Map<IncidentId, IncidentEvent[]>(incidentIds.map((id) => [id, []]));
	if (incidentIds.length === 0) return logs;
	const found = await database.orm
		.select()
		.from(incidentEvent)
		.where(and(inArray(incidentEvent.incidentId, [...incidentIds]), inArray(incidentEvent.type, [...types])))
		.orderBy(asc(incidentEvent.incidentId), asc(incidentEvent.seq));
	for (const { v, incidentId, ...event } of found) logs.get(incidentId)?.push(upcast(v, event));
	return logs;
}

export async function listPlayers(database: Database): Promise<{ incidentId: IncidentId; name: string }[]> {
	return (
		database.orm
			.select({ incidentId: participant.incidentId, name: participant.name })
			.from(participant)
			.innerJoin(run, eq(run.incidentId, participant.incidentId))
			// A forgotten person has no token any more, and a name that is many people's.
			.where(ne(participant.tokenHash, ''))
	);
}
