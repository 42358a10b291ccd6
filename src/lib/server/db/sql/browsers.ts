// What is kept about browsers.

import { desc, eq, max, ne } from 'drizzle-orm';
import type { IncidentId, ParticipantId } from '../../../incident/ids.ts';
import type { BrowserRun } from '../browser-storage.ts';
import type { Database } from '../database.ts';
import { browserRun, browserSpoiler, incident, incidentHead, run } from '../schema.ts';

const MOST_RUNS = 200;

export async function addBrowserRun(
	database: Database,
	browserHash: string,
	incidentId: IncidentId,
	participantId: ParticipantId
): Promise<void> {
	await database.orm.insert(browserRun).values({ browserHash, incidentId, participantId }).onConflictDoNothing();
}

export async function listBrowserRuns(database: Database, browserHash: string): Promise<BrowserRun[]> {
	return database.orm
		.select({
			incidentId: browserRun.incidentId,
			participantId: browserRun.participantId,
			key: incident.key,
			title: incident.title,
			scenarioId: run.scenarioId,
			lifecycle: incident.lifecycle,
			createdAt: incident.createdAt,
			endedAt: incident.endedAt,
			seq: incidentHead.seq
		})
		.from(browserRun)
		.innerJoin(incident, eq(incident.id, browserRun.incidentId))
		.innerJoin(incidentHead, eq(incidentHead.incidentId, browserRun.incidentId))
		.innerJoin(run, eq(run.incidentId, browserRun.incidentId))
		.where(eq(browserRun.browserHash, browserHash))
		.orderBy(desc(incident.createdAt), desc(incident.key))
		.limit(MOST_RUNS);
}

export async function addSpoiler(
	database: Database,
	browserHash: string,
	scenarioId: string,
	at: number
): Promise<void> {
	await database.orm.insert(browserSpoiler).values({ browserHash, scenarioId, at }).onConflictDoNothing();
}

export async function listSpoilers(database: Database, browserHash: string): Promise<Record<string, number>> {
	const found = await database.orm
		.select({ scenarioId: browserSpoiler.scenarioId, at: browserSpoiler.at })
		.from(browserSpoiler)
		.where(eq(browserSpoiler.browserHash, browserHash));
	return Object.fromEntries(found.map(({ scenarioId, at }) => [scenarioId, at]));
}

export async function lastPlayed(database: Database): Promise<Record<string, number>> {
	const found = await database.orm
		.select({ scenarioId: run.scenarioId, at: max(incident.createdAt) })
		.from(run)
		.innerJoin(incident, eq(incident.id, run.incidentId))
		.where(ne(incident.lifecycle, 'lobby'))
		.groupBy(run.scenarioId);
	return Object.fromEntries(found.flatMap(({ scenarioId, at }) => (at === null ? [] : [[scenarioId, Number(at)]])));
}
