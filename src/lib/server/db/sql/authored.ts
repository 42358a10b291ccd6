// Scenarios that were written here.

import { and, asc, count, desc, eq, sql } from 'drizzle-orm';
import type {
	AuthoredScenario,
	AuthoredVersion,
	FreshVersion,
	SaveOutcome,
	ScenarioFiles
} from '../authored-storage.ts';
import type { Database, Orm } from '../database.ts';
import { authoredScenario, authoredVersion, run } from '../schema.ts';

export async function createAuthored(
	database: Database,
	id: string,
	first: FreshVersion
): Promise<AuthoredScenario | null> {
	return database.orm.transaction(async (tx) => {
		const [row] = await tx
			.insert(authoredScenario)
			.values({
				id,
				version: 1,
				offered: first.contentHash === null ? null : 1,
				createdAt: first.savedAt,
				changedAt: first.savedAt
			})
			.onConflictDoNothing()
			.returning();
		if (!row) return null;
		await addVersion(tx, id, 1, first);
		return row;
	});
}

export async function saveAuthored(
	database: Database,
	id: string,
	after: number,
	fresh: FreshVersion
): Promise<SaveOutcome> {
	return database.orm.transaction(async (tx) => {
		// One condition decides: of two who save at once the second finds another version there.
		const version = after + 1;
		const offered = fresh.contentHash === null ? sql`${authoredScenario.offered}` : version;
		const [row] = await tx
			.update(authoredScenario)
			.set({ version, offered, changedAt: fresh.savedAt })
			.where(and(eq(authoredScenario.id, id), eq(authoredScenario.version, after)))
			.returning();
		if (row) {
			await addVersion(tx, id, version, fresh);
			return { ok: true, scenario: row };
		}
		const [current] = await tx.select().from(authoredScenario).where(eq(authoredScenario.id, id));
		return current ? { ok: false, reason: 'conflict', current: current.version } : { ok: false, reason: 'unknown' };
	});
}

async function addVersion(orm: Orm, scenarioId: string, version: number, fresh: FreshVersion): Promise<void> {
	await orm.insert(authoredVersion).values({ scenarioId, version, ...fresh });
}

export async function readAuthored(database: Database, id: string): Promise<AuthoredScenario | null> {
	const [row] = await database.orm.select().from(authoredScenario).where(eq(authoredScenario.id, id));
	return row ?? null;
}

export async function listAuthored(database: Database): Promise<AuthoredScenario[]> {
	return database.orm.select().from(authoredScenario).orderBy(asc(authoredScenario.id));
}

export async function listAuthoredVersions(database: Database, id: string): Promise<AuthoredVersion[]> {
	const { version, note, savedAt, contentHash, errors } = authoredVersion;
	return database.orm
		.select({ version, note, savedAt, contentHash, errors, runs: count(run.incidentId) })
		.from(authoredVersion)
		.leftJoin(run, eq(run.contentHash, authoredVersion.contentHash))
		.where(eq(authoredVersion.scenarioId, id))
		.groupBy(authoredVersion.scenarioId, version, note, savedAt, contentHash, errors)
		.orderBy(desc(version));
}

export async function readAuthoredFiles(
	database: Database,
	id: string,
	version: number
): Promise<ScenarioFiles | null> {
	const [row] = await database.orm
		.select({ files: authoredVersion.files })
		.from(authoredVersion)
		.where(and(eq(authoredVersion.scenarioId, id), eq(authoredVersion.version, version)));
	return row?.files ?? null;
}

export async function removeAuthored(database: Database, id: string): Promise<boolean> {
	return database.orm.transaction(async (tx) => {
		await tx.delete(authoredVersion).where(eq(authoredVersion.scenarioId, id));
		return (await tx.delete(authoredScenario).where(eq(authoredScenario.id, id)).returning()).length > 0;
	});
}
