/** Incidents of a file as rows of facts. What cannot be used is refused with its line and one sentence, and the rest goes on. */
import { type IANAZone } from 'luxon';
import type { DetectedBy } from '../../incident/milestones.ts';
import type { Severity } from '../../incident/severity.ts';
import type { FactTimes, IncidentFacts, PostmortemState } from '../facts.ts';
import { normalCause } from '../from-log.ts';
import { findColumns, TIME_COLUMNS, type Column, type Places } from './columns.ts';
import { readMoment } from './moment.ts';
import { readTable, type CsvRecord } from './table.ts';

export interface RefusedRow {
	line: number;
	code: RefusalCode;
	message: string;
}

export type RefusalCode =
	/** A quotation mark is not closed. */
	| 'broken_row'
	/** More fields than the header has names. */
	| 'too_many_fields'
	/** A time cannot be read. */
	| 'bad_time'
	/** A time has no zone, and none was given. */
	| 'no_zone'
	/** The severity is none of P1 to P4. */
	| 'unknown_severity'
	/** `escalated`, `postmortem_state` or `detected_by` says something unknown. */
	| 'unknown_value'
	/** It ends before it begins. */
	| 'resolved_before_created'
	/** An earlier line has the same id. */
	| 'duplicate_id';

export type ReadIncidents =
	| { ok: true; rows: IncidentFacts[]; refused: RefusedRow[]; lastAt: number | null }
	| { ok: false; code: string; message: string };

export interface ReadOptions {
	map?: ReadonlyMap<string, Column>;
	/** For times that name none. */
	zone?: IANAZone | null;
}

/** `lastAt` is the latest time in the rows that were taken. */
export function readIncidents(text: string, { map = new Map(), zone = null }: ReadOptions = {}): ReadIncidents {
	const table = readTable(text);
	if (!table) return { ok: false, code: 'empty_file', message: 'the file is empty: its first line must name columns' };
	const found = findColumns(table.header, map);
	if (!found.ok) return found;
	const rows: IncidentFacts[] = [];
	const refused: RefusedRow[] = table.broken.map(({ line, why }) => ({ line, code: 'broken_row', message: why }));
	const seen = new Map<string, number>();
	let lastAt: number | null = null;
	for (const record of table.records) {
		const read = readRow(record, found.places, table.header.length, zone);
		if (!read.ok) {
			refused.push({ line: record.line, code: read.code, message: read.message });
			continue;
		}
		const { row } = read;
		const before = seen.get(row.id);
		if (before !== undefined) {
			const message = `the id "${row.id}" stands on line ${before} already; that one was taken`;
			refused.push({ line: record.line, code: 'duplicate_id', message });
			continue;
		}
		seen.set(row.id, record.line);
		rows.push(row);
		for (const at of Object.values(row.times)) if (at !== null && (lastAt === null || at > lastAt)) lastAt = at;
	}
	return { ok: true, rows, refused: refused.sort((a, b) => a.line - b.line), lastAt };
}

type ReadRow = { ok: true; row: IncidentFacts } | { ok: false; code: RefusalCode; message: string };

function readRow({ line, fields }: CsvRecord, places: Places, width: number, zone: IANAZone | null): ReadRow {
	const surplus = fields.slice(width).filter((field) => field.trim() !== '');
	if (surplus.length > 0) {
		const message = `the row has ${fields.length} fields where the header names ${width}: put quotation marks around a field that holds the separator`;
		return { ok: false, code: 'too_many_fields', message };
	}
	const value = (column: Column): string => {
		const place = places[column];
		const text = place === undefined ? '' : (fields[place] ?? '').trim();
		return text === '?' || text === '-' ? '' : text;
	};
	const times: Partial<Record<(typeof TIME_COLUMNS)[number], number>> = {};
	for (const column of TIME_COLUMNS) {
		const text = value(column);
		if (text === '') continue;
		const moment = readMoment(text, zone);
		if (!moment.ok) return { ok: false, code: moment.code, message: `${column}: ${moment.why}` };
		times[column] = moment.at;
	}
	const severity = severityFrom(value('severity'));
	if (severity === undefined) {
		const message = `severity: "${value('severity').slice(0, 40)}" is none of P1, P2, P3, P4`;
		return { ok: false, code: 'unknown_severity', message };
	}
	const words = wordsOf(value);
	if (!words.ok) return words;
	const created = times.created_at ?? null;
	const resolved = times.resolved_at ?? null;
	if (created !== null && resolved !== null && resolved < created) {
		const message = `resolved_at (${iso(resolved)}) lies before created_at (${iso(created)}): one of them is wrong`;
		return { ok: false, code: 'resolved_before_created', message };
	}
	const id = value('id') || `line ${line}`;
	const factTimes: FactTimes = {
		impactStarted: times.impact_started_at ?? null,
		detected: times.detected_at ?? null,
		acknowledged: times.acknowledged_at ?? null,
		created,
		mitigated: times.mitigated_at ?? null,
		resolved
	};
	return {
		ok: true,
		row: {
			id,
			key: id,
			title: value('title'),
			origin: 'real',
			severity,
			at: created ?? factTimes.impactStarted,
			times: factTimes,
			seenUntil: null,
			stoodDown: false,
			detectedBy: words.detectedBy,
			services: listOf(value('services')),
			causeClass: normalCause(value('cause')),
			escalated: words.escalated,
			postmortem: words.postmortem,
			team: value('team') || null,
			drill: null,
			impactMinutes: null,
			strain: [],
			actions: [],
			attempts: [],
			corrected: false
		}
	};
}

function iso(at: number): string {
	return new Date(at).toISOString().replace('.000Z', 'Z');
}

/** A list separated by `;`, each name once. */
function listOf(text: string): string[] {
	const names = text
		.split(';')
		.map((name) => name.trim())
		.filter((name) => name !== '' && name !== '?' && name !== '-');
	return [...new Set(names)].sort();
}

const SEVERITY_NAMES: Record<string, Severity> = {
	critical: 'P1',
	high: 'P2',
	medium: 'P3',
	low: 'P4'
};

/** `P1`, `SEV-1`, `S1`, `1` or the article's word; null where empty, undefined where unknown. */
function severityFrom(text: string): Severity | null | undefined {
	if (text === '') return null;
	const plain = text.toLowerCase();
	const digit = /^(?:p|s|sev|severity|prio|priority)?[\s_-]?([1-4])$/.exec(plain)?.[1];
	return digit ? (`P${digit}` as Severity) : SEVERITY_NAMES[plain];
}

const YES = new Set(['true', 'yes', 'y', '1', 't']);
const NO = new Set(['false', 'no', 'n', '0', 'f']);
const POSTMORTEMS: Record<string, PostmortemState> = {
	none: 'none',
	missing: 'none',
	not_started: 'none',
	draft: 'draft',
	in_progress: 'draft',
	review: 'review',
	in_review: 'review',
	published: 'published',
	complete: 'published',
	completed: 'published',
	done: 'published',
	not_due: 'not_due',
	not_required: 'not_due'
};
const DETECTED: Record<string, DetectedBy> = {
	alert: 'alert',
	alerts: 'alert',
	monitoring: 'alert',
	staff: 'staff',
	employee: 'staff',
	customer: 'customer',
	customers: 'customer'
};

type ReadWords =
	| { ok: true; escalated: boolean | null; postmortem: PostmortemState | null; detectedBy: DetectedBy | null }
	| { ok: false; code: 'unknown_value'; message: string };

function wordsOf(value: (column: Column) => string): ReadWords {
	const plain = (column: Column): string =>
		value(column)
			.toLowerCase()
			.replace(/[\s-]+/g, '_');
	const escalated = plain('escalated');
	if (escalated !== '' && !YES.has(escalated) && !NO.has(escalated)) {
		return unknown('escalated', value('escalated'), 'true or false');
	}
	const state = plain('postmortem_state');
	if (state !== '' && !Object.hasOwn(POSTMORTEMS, state)) {
		return unknown('postmortem_state', value('postmortem_state'), 'none, draft, review, published or not_due');
	}
	const by = plain('detected_by');
	if (by !== '' && !Object.hasOwn(DETECTED, by)) {
		return unknown('detected_by', value('detected_by'), 'alert, staff or customer');
	}
	return {
		ok: true,
		escalated: escalated === '' ? null : YES.has(escalated),
		postmortem: POSTMORTEMS[state] ?? null,
		detectedBy: DETECTED[by] ?? null
	};
}

function unknown(column: Column, text: string, wanted: string): ReadWords {
	return {
		ok: false,
		code: 'unknown_value',
		message: `${column}: "${text.slice(0, 40)}" is not understood; write ${wanted}`
	};
}
