/** One row of a list of incidents, read and checked: the record, or every reason why it cannot be taken. */
import type { PostmortemState } from '../incident/events/intake-events.ts';
import type { DetectedBy } from '../incident/milestones/signal.ts';
import type { Severity } from '../incident/severity.ts';
import { readMoment, type DateReading } from './dates.ts';
import { INCIDENT_FIELDS, type IncidentField } from './fields.ts';
import { isBlank, refusal, type IntakeCode, type IntakeRefusal } from './table.ts';
import { detectedByOf, listOf, looksLikeFormula, postmortemOf, severityOf, yesOrNo } from './values.ts';

export interface IncidentRecord {
	line: number;
	id: string;
	title: string;
	summary: string;
	severity: Severity;
	createdAt: number;
	impactStartedAt: number | null;
	detectedAt: number | null;
	detectedBy: DetectedBy | null;
	acknowledgedAt: number | null;
	mitigatedAt: number | null;
	resolvedAt: number | null;
	services: string[];
	cause: string;
	escalated: boolean | null;
	escalatedAt: number | null;
	/** To whom, where the file says more than yes. */
	escalatedTo: string;
	postmortem: PostmortemState | null;
	postmortemPublishedAt: number | null;
	/** Fields that stood empty and were filled by a rule. */
	assumed: IncidentField[];
}

export interface RowReading extends DateReading {
	/** Epoch ms; what lies after it has not happened. */
	now: number;
	/** For rows whose severity is empty; null refuses them. */
	emptySeverity: Severity | null;
	/** Severity by plain word, as chosen by hand. */
	severities: Record<string, Severity>;
}

export type RowResult = { ok: true; record: IncidentRecord } | { ok: false; refused: IntakeRefusal[] };

/** Clocks of two machines differ a little. */
const FUTURE_MS = 5 * 60_000;
const NAMES = Object.fromEntries(INCIDENT_FIELDS.map(({ id, name }) => [id, name])) as Record<IncidentField, string>;

export function readIncidentRow(line: number, cells: Record<string, string>, reading: RowReading): RowResult {
	const refused: IntakeRefusal[] = [];
	const refuse = (code: IntakeCode, message: string) => void refused.push(refusal(line, code, message));
	const assumed: IncidentField[] = [];
	const cell = (field: IncidentField): string => (isBlank(cells[field]) ? '' : (cells[field] ?? '').trim());
	const time = (field: IncidentField): number | null => {
		const text = cell(field);
		if (text === '') return null;
		const moment = readMoment(text, reading);
		if (!moment.ok) refuse(moment.code, `${NAMES[field]}: ${moment.message}.`);
		else if (moment.at > reading.now + FUTURE_MS) {
			refuse('future', `${NAMES[field]} lies in the future: look at the date and the time zone.`);
		} else return moment.at;
		return null;
	};

	for (const [field, text] of Object.entries(cells)) {
		if (!looksLikeFormula(text)) continue;
		refuse(
			'formula',
			`${NAMES[field as IncidentField]} begins like a formula of a spreadsheet: put the plain text there.`
		);
	}
	const id = cell('id').replace(/\s+/g, ' ');
	if (id === '')
		refuse('no_id', 'This row has no id: without one it could not be told apart from a second import of it.');
	else if (id.length > 120 || /\p{C}/u.test(id)) {
		refuse('bad_id', 'The id is longer than 120 characters or holds characters that no id has: give a plain one.');
	}

	const severity = readSeverity(cell('severity'), reading, refuse, assumed);
	const times = {
		created: time('created_at'),
		impactStarted: time('impact_started_at'),
		detected: time('detected_at'),
		acknowledged: time('acknowledged_at'),
		mitigated: time('mitigated_at'),
		resolved: time('resolved_at'),
		published: time('postmortem_published_at')
	};
	const detectedBy = choice('detected_by', detectedByOf, 'alert, staff or customer');
	const postmortemText = (cells.postmortem_state ?? '').trim();
	const postmortem =
		postmortemOf(postmortemText) ?? choice('postmortem_state', postmortemOf, 'none, draft, published or not due');
	const escalation = readEscalation();
	const createdAt = times.created ?? times.detected ?? times.acknowledged ?? times.impactStarted;
	if (times.created === null && createdAt !== null) assumed.push('created_at');
	if (createdAt === null && !refused.some(({ code }) => TIME_CODES.has(code))) {
		refuse('no_time', 'No time says when it was: fill in created, detected or impact started.');
	}
	checkOrder(times, createdAt, refuse);
	if (refused.length > 0 || createdAt === null || severity === null) return { ok: false, refused };

	const { title, summary } = readTitle(cell('title'), cell('description'), id, assumed);
	return {
		ok: true,
		record: {
			line,
			id,
			title,
			summary,
			severity,
			createdAt,
			impactStartedAt: times.impactStarted,
			detectedAt: times.detected,
			detectedBy,
			acknowledgedAt: times.acknowledged,
			mitigatedAt: times.mitigated,
			resolvedAt: times.resolved,
			services: listOf(cell('services')),
			cause: cell('cause').slice(0, 1000),
			...escalation,
			postmortem: postmortem ?? (times.published === null ? null : 'published'),
			postmortemPublishedAt: times.published,
			assumed
		}
	};

	function choice<T>(field: IncidentField, read: (text: string) => T | null, known: string): T | null {
		const text = cell(field);
		if (text === '') return null;
		const value = read(text);
		if (value === null) {
			refuse(
				'unknown_value',
				`${NAMES[field]}: “${text.slice(0, 40)}” is none of ${known}; change the word or leave it empty.`
			);
		}
		return value;
	}

	function readEscalation(): Pick<IncidentRecord, 'escalated' | 'escalatedAt' | 'escalatedTo'> {
		const text = cell('escalated');
		if (text === '') return { escalated: null, escalatedAt: null, escalatedTo: '' };
		const said = yesOrNo(text);
		if (said !== null) return { escalated: said, escalatedAt: null, escalatedTo: '' };
		// A time says that it was, and when; anything else, to whom.
		if (/\d{2}:\d{2}|^\d{10,13}$/.test(text))
			return { escalated: true, escalatedAt: time('escalated'), escalatedTo: '' };
		return { escalated: true, escalatedAt: null, escalatedTo: text.slice(0, 200) };
	}
}

const TIME_CODES = new Set<IntakeCode>(['bad_time', 'no_time_of_day', 'no_zone', 'no_such_time', 'future']);

function readSeverity(
	text: string,
	reading: RowReading,
	refuse: (code: IntakeCode, message: string) => void,
	assumed: IncidentField[]
): Severity | null {
	if (text === '') {
		if (reading.emptySeverity !== null) assumed.push('severity');
		else refuse('no_severity', 'The severity is empty: fill it in, or choose which severity such rows get.');
		return reading.emptySeverity;
	}
	const severity = severityOf(text, reading.severities);
	if (severity === null) {
		refuse(
			'unknown_severity',
			`“${text.slice(0, 40)}” is no severity that is known: say which of P1 to P4 it stands for.`
		);
	}
	return severity;
}

interface Times {
	created: number | null;
	impactStarted: number | null;
	detected: number | null;
	acknowledged: number | null;
	mitigated: number | null;
	resolved: number | null;
}

/** Only what cannot be: an early alert, a late declaration and an acknowledgement before impact all happen. */
function checkOrder(times: Times, createdAt: number | null, refuse: (code: IntakeCode, message: string) => void): void {
	const before = (early: number | null, late: number | null, text: string) => {
		if (early !== null && late !== null && late < early) refuse('wrong_order', `${text}: correct one of the two.`);
	};
	before(createdAt, times.resolved, 'It is resolved before it was created');
	before(times.impactStarted, times.resolved, 'It is resolved before impact started');
	before(times.impactStarted, times.mitigated, 'It is mitigated before impact started');
	before(times.detected, times.resolved, 'It is resolved before it was detected');
	before(times.detected, times.acknowledged, 'It is acknowledged before it was detected');
	before(times.acknowledged, times.resolved, 'It is resolved before it was acknowledged');
	before(times.mitigated, times.resolved, 'It is resolved before it was mitigated');
}

const LONGEST_TITLE = 200;

function readTitle(title: string, summary: string, id: string, assumed: IncidentField[]) {
	const line = title.replace(/\s+/g, ' ');
	if (line === '') {
		assumed.push('title');
		return { title: `Incident ${id}`.slice(0, LONGEST_TITLE), summary: summary.slice(0, 2000) };
	}
	if (line.length <= LONGEST_TITLE) return { title: line, summary: summary.slice(0, 2000) };
	// What does not fit into the title is not lost.
	return { title: `${line.slice(0, LONGEST_TITLE - 1)}…`, summary: `${line} ${summary}`.trim().slice(0, 2000) };
}
