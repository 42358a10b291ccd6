// Reads an incident from the database alone: nothing is taken over, nothing is written. For a machine on which no server runs
// on the data, and for PostgreSQL, where the server may be another machine.

import { foldAll } from '../lib/incident/fold.ts';
import { sealCommand, sealEvent } from '../lib/incident/seal.ts';
import { writeLog } from '../lib/lab/log-file.ts';
import { toMarkdown } from '../lib/postmortem/markdown.ts';
import { documentOf } from '../lib/postmortem/shared.ts';
import type { CompiledScenario } from '../lib/scenario/library.ts';
import { headerOf } from '../lib/server/api/export.ts';
import type { Config } from '../lib/server/config.ts';
import { createStorage } from '../lib/server/db/create-storage.ts';
import { openDatabase } from '../lib/server/db/open.ts';
import type { Storage, StoredIncident } from '../lib/server/db/storage.ts';
import { firstUpdate } from '../lib/server/runs/postmortem-draft.ts';
import type { ExportFormat } from './exports.ts';
import { CommandError } from './usage.ts';

/** The whole incident, with what was hidden: whoever may open the database sees it all anyway. */
export async function readExport(config: Config, incidentId: string, format: ExportFormat): Promise<string> {
	const { database, lock } = await openDatabase(config);
	const storage = createStorage(database);
	try {
		const stored = await storage.readIncident(incidentId);
		if (!stored) throw new CommandError('unknown_id', 'there is no such incident in this database');
		return format === 'md' ? await postmortemOf(storage, stored) : await logOf(storage, stored, format);
	} finally {
		await storage.close();
		lock?.release();
	}
}

async function postmortemOf(storage: Storage, stored: StoredIncident): Promise<string> {
	const [events, updates] = await Promise.all([
		storage.readEvents(stored.incidentId),
		storage.readPostmortem(stored.incidentId)
	]);
	const { lifecycle, postmortem } = foldAll(stored.origin, events);
	if (lifecycle !== 'ended' && postmortem.state === 'none') {
		throw new CommandError(
			'wrong_state',
			'the post-mortem is drafted when the incident is resolved or the run has ended'
		);
	}
	const draft = async () =>
		firstUpdate({ stored, events, title: stored.title, compiled: await scenarioOf(storage, stored) });
	const document = documentOf(updates.length > 0 ? updates : [await draft()]);
	return toMarkdown(document, { exercise: stored.origin === 'practice' });
}

async function scenarioOf(storage: Storage, { origin, incidentId }: StoredIncident): Promise<CompiledScenario | null> {
	const run = origin === 'practice' ? await storage.readRun(incidentId) : null;
	// Stored by this product after it was loaded and checked, under the hash of its content.
	return run ? ((await storage.readScenario(run.contentHash)) as CompiledScenario | null) : null;
}

async function logOf(storage: Storage, stored: StoredIncident, format: 'json' | 'ndjson'): Promise<string> {
	const [header, commands, events] = await Promise.all([
		headerOf(storage, { stored, title: stored.title }),
		storage.readCommands(stored.incidentId),
		storage.readEvents(stored.incidentId)
	]);
	const log = {
		header,
		commands: commands.map(({ result: _result, ...command }) => sealCommand(command)),
		events: events.map(sealEvent)
	};
	return format === 'json' ? `${JSON.stringify(log, null, '\t')}\n` : writeLog(log);
}
