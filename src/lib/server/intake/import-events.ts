// Imports a list of events into incidents that are here, and makes those that one of the rows declares.

import type { EventDraft, IncidentEvent } from '../../incident/event.ts';
import { foldAll, foldEvent } from '../../incident/fold.ts';
import type { ImportedFacts } from '../../incident/events/intake-events.ts';
import { draftsOf, readEventRow, type EventRow } from '../../intake/event-row.ts';
import { draft, RESPONDERS_ID, RESPONDERS_NAME } from '../../intake/incident-events.ts';
import { mapped } from '../../intake/mapping.ts';
import type { ImportReport } from '../../intake/report.ts';
import { refusal } from '../../intake/table.ts';
import { numberEvents } from '../runs/numbering.ts';
import { summaryOf } from '../runs/summary.ts';
import { hashKey, randomKey } from '../secrets.ts';
import { incidentIdOf, type ImportRun } from './import-incidents.ts';
import { breath } from './upload.ts';

const MUSTER = { kind: 'system', name: 'muster' } as const;

export async function importEvents(run: ImportRun, report: ImportReport): Promise<void> {
	const groups = await readGroups(run, report);
	let done = 0;
	const total = [...groups.values()].reduce((sum, rows) => sum + rows.length, 0);
	for (const [incident, rows] of groups) {
		await storeGroup(run, incident, rows, report);
		done += rows.length;
		await run.progress(done, total);
		await breath();
	}
}

/** Rows by incident, each group in the order in which things happened. */
async function readGroups(
	{ upload, choices, reading }: ImportRun,
	report: ImportReport
): Promise<Map<string, EventRow[]>> {
	const groups = new Map<string, EventRow[]>();
	const seen = new Map<string, number>();
	for (const [index, row] of upload.rows.entries()) {
		if (index % 1000 === 999) await breath();
		const read = readEventRow(row.line, mapped(row, choices.mapping), reading);
		if (!read.ok) {
			report.refused.push(...read.refused);
			continue;
		}
		const { incident, key } = read.row;
		const first = seen.get(`${incident}\u0000${key}`);
		if (first !== undefined) {
			report.refused.push(
				refusal(
					row.line,
					'duplicate_id',
					`This event stands on line ${first} already: that row counts, this one is left out.`
				)
			);
			continue;
		}
		seen.set(`${incident}\u0000${key}`, row.line);
		groups.set(incident, [...(groups.get(incident) ?? []), read.row]);
	}
	for (const rows of groups.values()) rows.sort((one, other) => one.at - other.at || one.line - other.line);
	return groups;
}

async function storeGroup(run: ImportRun, incident: string, rows: EventRow[], report: ImportReport): Promise<void> {
	const { target, choices, dryRun } = run;
	const incidentId = incidentIdOf(choices.source, incident);
	const known = (await target.storage.importedFacts([incidentId])).get(incidentId);
	if (!known) {
		const declared = rows.find(({ kind }) => kind === 'declared');
		if (declared) return create(run, incidentId, rows, declared, report);
		for (const { line } of rows) {
			report.refused.push(
				refusal(
					line,
					'unknown_incident',
					`There is no incident “${incident.slice(0, 60)}” from “${choices.source}” here: import the incidents first.`
				)
			);
		}
		return;
	}
	let fresh = 0;
	const make = (log: readonly IncidentEvent[]): EventDraft[] => {
		const marks = new Set(log.flatMap((event) => (event.type === 'events.imported' ? event.payload.marks : [])));
		const wanted = rows.filter((row) => !marks.has(markOf(row)));
		fresh = wanted.length;
		return wanted.length === 0 ? [] : drafts(run, log, wanted);
	};
	if (dryRun) make(await target.storage.readEvents(incidentId));
	else if (!(await target.append(incidentId, make))) {
		for (const { line } of rows) {
			report.refused.push(
				refusal(line, 'unknown_incident', 'Another server works on this incident now: import again in a moment.')
			);
		}
		return;
	}
	report.imported += fresh;
	report.unchanged += rows.length - fresh;
}

async function create(
	run: ImportRun,
	incidentId: string,
	rows: EventRow[],
	declared: EventRow,
	report: ImportReport
): Promise<void> {
	report.imported += rows.length;
	if (run.dryRun) return;
	const { target, choices } = run;
	const title = (declared.text || `Incident ${declared.incident}`).slice(0, 200);
	const facts: ImportedFacts = {
		source: choices.source,
		sourceId: declared.incident,
		title,
		services: [...new Set(rows.map(({ service }) => service).filter((service) => service !== ''))].slice(0, 50),
		cause: '',
		escalated: rows.some(({ kind }) => kind === 'escalated') ? true : null,
		postmortem: rows.some(({ kind }) => kind === 'postmortem') ? 'published' : null,
		record: {},
		assumed: []
	};
	const first = rows[0]?.at ?? declared.at;
	const all = [draft(first, MUSTER, { type: 'incident.imported', payload: facts }), ...drafts(run, [], rows)];
	const state = foldAll('real', all);
	const ended = state.ended?.at ?? null;
	if (ended === null && state.status !== 'resolved') report.unresolved++;
	await target.storage.importIncidents(
		[
			{
				incidentId,
				createdAt: declared.at,
				hostKeyHash: hashKey(randomKey()),
				joinKey: randomKey(),
				summary: summaryOf(state, title, ended),
				events: numberEvents(all, 0, target.now()),
				person: { participantId: RESPONDERS_ID, name: RESPONDERS_NAME }
			}
		],
		target.policy
	);
}

function drafts(
	{ choices, reading }: ImportRun,
	log: readonly IncidentEvent[],
	rows: readonly EventRow[]
): EventDraft[] {
	let state = foldAll('real', log);
	const all: EventDraft[] = [];
	for (const row of rows) {
		for (const one of draftsOf(row, state, choices.source, reading)) {
			all.push(one);
			state = foldEvent(state, one);
		}
	}
	const last = rows.at(-1)?.at ?? 0;
	all.push(
		draft(last, MUSTER, { type: 'events.imported', payload: { source: choices.source, marks: rows.map(markOf) } })
	);
	return all;
}

function markOf({ key }: EventRow): string {
	return hashKey(key).slice(0, 24);
}
