// Imports a list of incidents. Each batch is stored in one statement, whole or not at all, under ids that follow from source and
// id: whatever ends it midway, importing again stores the rest and nothing twice.

import { foldAll } from '../../incident/fold.ts';
import type { ImportedFacts } from '../../incident/events/intake-events.ts';
import { corrections, differences } from '../../intake/differences.ts';
import { eventsOf, RESPONDERS_ID, RESPONDERS_NAME } from '../../intake/incident-events.ts';
import { identity, importedIncidentId } from '../../intake/incident-key.ts';
import { readIncidentRow, type IncidentRecord, type RowReading } from '../../intake/incident-row.ts';
import { mapped } from '../../intake/mapping.ts';
import type { ImportChoices } from '../../intake/reading.ts';
import { duplicateMessage, type ImportReport } from '../../intake/report.ts';
import { refusal } from '../../intake/table.ts';
import { failpoint } from '../failpoint.ts';
import type { ImportedIncident } from '../db/intake-storage.ts';
import { numberEvents } from '../runs/numbering.ts';
import { summaryOf } from '../runs/summary.ts';
import { hashKey, randomKey } from '../secrets.ts';
import type { ImportTarget } from './target.ts';
import { breath, type Upload } from './upload.ts';

/** Small enough that an embedded database keeps nobody waiting for long. */
const BATCH = 100;

export interface ImportRun {
	target: ImportTarget;
	upload: Upload;
	choices: ImportChoices;
	reading: RowReading;
	dryRun: boolean;
	/** Told after each batch that is durable; rejects to stop. */
	progress: (done: number, total: number) => void | Promise<void>;
}

export async function importIncidents(run: ImportRun, report: ImportReport): Promise<void> {
	const records = await readRecords(run, report);
	for (let at = 0; at < records.length; at += BATCH) {
		await storeBatch(run, records.slice(at, at + BATCH), report);
		failpoint('import.batch');
		await run.progress(Math.min(at + BATCH, records.length), records.length);
		await breath();
	}
}

async function readRecords({ upload, choices, reading }: ImportRun, report: ImportReport): Promise<IncidentRecord[]> {
	const records: IncidentRecord[] = [];
	const lines = new Map<string, number>();
	for (const [index, row] of upload.rows.entries()) {
		if (index % 1000 === 999) await breath();
		const read = readIncidentRow(row.line, mapped(row, choices.mapping), reading);
		if (!read.ok) {
			report.refused.push(...read.refused);
			continue;
		}
		const { record } = read;
		const first = lines.get(record.id);
		if (first !== undefined) {
			report.refused.push(refusal(row.line, 'duplicate_id', duplicateMessage(record.id, first)));
			continue;
		}
		lines.set(record.id, row.line);
		records.push(record);
		if (record.resolvedAt === null) report.unresolved++;
		for (const field of record.assumed) report.assumed[field] = (report.assumed[field] ?? 0) + 1;
	}
	return records;
}

async function storeBatch(run: ImportRun, records: readonly IncidentRecord[], report: ImportReport): Promise<void> {
	const { target, choices, dryRun } = run;
	const byId = new Map(records.map((record) => [incidentIdOf(choices.source, record.id), record]));
	const known = await target.storage.importedFacts([...byId.keys()]);
	const fresh = [...byId].filter(([id]) => !known.has(id));
	if (dryRun) report.imported += fresh.length;
	else if (fresh.length > 0) {
		const incidents = fresh.map(([id, record]) => incidentOf(id, record, choices.source, target.now()));
		const stored = await target.storage.importIncidents(incidents, target.policy);
		report.imported += stored.size;
		// Somebody else imported the same just now.
		report.unchanged += fresh.length - stored.size;
	}
	for (const [id, record] of byId) {
		const before = known.get(id);
		if (before) await compare(run, id, record, before, report);
	}
}

async function compare(
	{ target, choices, dryRun }: ImportRun,
	incidentId: string,
	record: IncidentRecord,
	before: ImportedFacts,
	report: ImportReport
): Promise<void> {
	const fields = differences(before, record);
	if (fields.length === 0) {
		report.unchanged++;
		return;
	}
	const correct = choices.correct && !dryRun;
	const corrected =
		correct && (await target.append(incidentId, () => corrections(before, record, choices.source, target.now())));
	if (corrected) report.corrected++;
	report.changed.push({ line: record.line, id: record.id, incidentId, fields, corrected });
}

export function incidentIdOf(source: string, id: string): string {
	return importedIncidentId(hashKey(identity(source, id)));
}

function incidentOf(incidentId: string, record: IncidentRecord, source: string, now: number): ImportedIncident {
	const drafts = eventsOf(record, source);
	const state = foldAll('real', drafts);
	return {
		incidentId,
		createdAt: record.createdAt,
		// Nobody holds these: the administrator opens it, and gives the link to whom it concerns.
		hostKeyHash: hashKey(randomKey()),
		joinKey: randomKey(),
		summary: summaryOf(state, record.title, record.resolvedAt),
		events: numberEvents(drafts, 0, now),
		person: { participantId: RESPONDERS_ID, name: RESPONDERS_NAME }
	};
}
