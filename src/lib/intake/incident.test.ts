import { describe, expect, it } from 'vitest';
import { eventBodySchema } from '../incident/event.schema.ts';
import type { EventDraft } from '../incident/event.ts';
import { foldAll } from '../incident/fold.ts';
import { best, foldMilestones } from '../incident/milestones.ts';
import { timeline } from '../incident/timeline.ts';
import { corrections, differences } from './differences.ts';
import { draftsOf, readEventRow } from './event-row.ts';
import { eventsOf, recordOf } from './incident-events.ts';
import { readIncidentRow, type IncidentRecord, type RowReading } from './incident-row.ts';
import { guessKind, guessMapping, withChosen } from './mapping.ts';
import { findDates } from './reading.ts';
import { refusedCsv } from './report.ts';
import { detectedByOf, listOf, looksLikeFormula, postmortemOf, severityOf, yesOrNo } from './values.ts';

const READING: RowReading = {
	zone: 'UTC',
	order: 'day',
	now: Date.UTC(2026, 10, 1),
	emptySeverity: null,
	severities: {}
};
const FULL = {
	id: 'OPS-7',
	title: 'Checkout fails',
	severity: 'SEV1',
	created_at: '2026-03-24 14:05',
	impact_started_at: '2026-03-24 14:00',
	detected_at: '2026-03-24 14:03',
	detected_by: 'PagerDuty',
	acknowledged_at: '2026-03-24 14:07',
	mitigated_at: '2026-03-24 14:40',
	resolved_at: '2026-03-24 15:00',
	services: 'checkout; payments',
	cause: 'bad deploy',
	escalated: 'yes',
	postmortem_state: 'done'
};

function record(over: Record<string, string> = {}, reading = READING): IncidentRecord {
	const read = readIncidentRow(2, { ...FULL, ...over }, reading);
	if (!read.ok) throw new Error(read.refused.map(({ message }) => message).join(' '));
	return read.record;
}
const codes = (over: Record<string, string>, reading = READING) => {
	const read = readIncidentRow(2, { ...FULL, ...over }, reading);
	return read.ok ? [] : read.refused.map(({ code }) => code);
};
const minute = (at: number | null | undefined) => (at ? new Date(at).toISOString().slice(11, 16) : null);
const told = (drafts: EventDraft[]) => {
	const { claimed, truth, detectedBy } = foldMilestones(drafts.map((draft, index) => ({ ...draft, seq: index + 1 })));
	return {
		impactStarted: minute(truth.impactStarted?.at),
		signalled: minute(claimed.signalled?.at),
		acknowledged: minute(claimed.acknowledged?.at),
		recognised: minute(claimed.recognised?.at),
		created: minute(claimed.created?.at),
		mitigated: minute(truth.mitigated?.at),
		resolved: minute(best({ claimed, truth, detectedBy }, 'resolved')?.at),
		detectedBy
	};
};

describe('a row', () => {
	it.each([
		['no id', { id: '?' }, ['no_id']],
		['no severity', { severity: '' }, ['no_severity']],
		['a severity nobody knows', { severity: 'purple' }, ['unknown_severity']],
		[
			'no time at all',
			{ created_at: '', impact_started_at: '?', detected_at: 'n/a', acknowledged_at: '' },
			['no_time']
		],
		['a time that is none', { created_at: 'soon' }, ['bad_time']],
		['two faults at once', { id: '', created_at: 'soon' }, ['no_id', 'bad_time']],
		['the future', { resolved_at: '2027-01-01 10:00' }, ['future']],
		[
			'an end before the beginning',
			{ resolved_at: '2026-03-24 13:00', mitigated_at: '' },
			['wrong_order', 'wrong_order', 'wrong_order', 'wrong_order']
		],
		['a formula', { title: '=HYPERLINK("http://x")' }, ['formula']],
		['a word for nothing', { detected_by: 'magic' }, ['unknown_value']],
		['an id with a line break inside', { id: 'a\u0007b' }, ['bad_id']]
	])('is refused with %s', (_case, over, expected) => {
		expect(codes(over)).toEqual(expected);
		const read = readIncidentRow(2, { ...FULL, ...over }, READING);
		for (const { line, message } of read.ok ? [] : read.refused) {
			expect(line).toBe(2);
			expect(message).toMatch(/^[A-Z“].*\.$/);
		}
	});

	it('takes "?" and empty cells as unknown', () => {
		const read = record({
			detected_at: '?',
			detected_by: '',
			mitigated_at: 'N/A',
			services: '-',
			escalated: '?',
			postmortem_state: ''
		});
		expect(read).toMatchObject({
			detectedAt: null,
			detectedBy: null,
			mitigatedAt: null,
			services: [],
			escalated: null,
			postmortem: null
		});
	});

	it('fills in what it is told to, and says so', () => {
		const read = record({ severity: '?', created_at: '', title: '' }, { ...READING, emptySeverity: 'P3' });
		expect(read).toMatchObject({
			severity: 'P3',
			title: 'Incident OPS-7',
			assumed: ['severity', 'created_at', 'title']
		});
		expect(minute(read.createdAt)).toBe('14:03');
	});
});

describe('words of other tools', () => {
	it.each([
		['P1', 'P1'],
		['p2', 'P2'],
		['SEV-3', 'P3'],
		['S4', 'P4'],
		['Sev0', 'P1'],
		['1 - Critical', 'P1'],
		['4 - Low', 'P4'],
		['Critical', 'P1'],
		['High (P2)', 'P2'],
		['major', 'P2'],
		['MEDIUM', 'P3'],
		['lowest', 'P4'],
		['17', null],
		['?', null]
	])('severity %s', (text, severity) => expect(severityOf(text)).toBe(severity));
	it('a chosen severity wins', () => expect(severityOf('Gold', { gold: 'P2' })).toBe('P2'));
	it.each([
		['monitoring', 'alert'],
		['Alertmanager', 'alert'],
		['Customer ticket', 'customer'],
		['support engineer', 'staff'],
		['External', 'customer'],
		['magic', null]
	])('noticed by %s', (text, by) => expect(detectedByOf(text)).toBe(by));
	it.each([
		['Published', 'published'],
		['in progress', 'draft'],
		['N/A', null],
		['not required', 'not_due'],
		['no', 'none']
	])('post-mortem %s', (text, state) => expect(postmortemOf(text)).toBe(state));
	it.each([
		['Yes', true],
		['0', false],
		['x', true],
		['maybe', null]
	])('%s', (text, said) => expect(yesOrNo(text)).toBe(said));
	it('lists', () => expect(listOf('["a", "b"]; b | c')).toEqual(['a', 'b', 'c']));
	it.each([
		['=1+1', true],
		['@SUM(A1)', true],
		["+cmd|' /C calc'!A0", true],
		['-2+3+cmd|x', true],
		['-5% conversion', false],
		['@channel is down', false],
		['- see (notes)', false],
		['+33 1 23 45', false]
	])('formula %s', (text, is) => expect(looksLikeFormula(text)).toBe(is));
});

describe('columns', () => {
	it('are guessed from common names', () => {
		const jira = [
			'Issue key',
			'Summary',
			'Priority',
			'Created',
			'Resolved',
			'Component/s',
			'Impact start',
			'Root cause'
		];
		expect(guessMapping('incidents', jira)).toMatchObject({
			id: 'Issue key',
			title: 'Summary',
			severity: 'Priority',
			created_at: 'Created',
			resolved_at: 'Resolved',
			services: 'Component/s',
			impact_started_at: 'Impact start',
			cause: 'Root cause'
		});
	});
	it('are those of muster stats by their own names', () => {
		const own =
			'id,title,severity,created_at,impact_started_at,detected_at,acknowledged_at,mitigated_at,resolved_at,services,cause,escalated,postmortem_state'.split(
				','
			);
		expect(guessMapping('incidents', own)).toEqual(Object.fromEntries(own.map((name) => [name, name])));
	});
	it('remember what was chosen, also that a column means nothing', () => {
		const columns = ['No', 'Opened', 'Created'];
		expect(guessMapping('incidents', columns, { no: 'id', created: '' })).toEqual({ id: 'No', created_at: 'Opened' });
	});
	it('tell one thing each', () => {
		const chosen = withChosen({ id: 'a', title: 'b' }, ['a', 'b'], [{ column: 'B', field: 'id' }]);
		expect(chosen).toEqual({ ok: true, mapping: { id: 'b' } });
		expect(withChosen({}, ['a'], [{ column: 'z', field: 'id' }])).toEqual({ ok: false, column: 'z' });
	});
	it('tell lists of events from lists of incidents', () => {
		expect(guessKind(['incident', 'at', 'type', 'text'])).toBe('events');
		expect(guessKind(['id', 'type', 'created', 'resolved'])).toBe('incidents');
	});
	it('tell how dates are to be read', () => {
		const rows = [{ line: 2, cells: { c: '03/04/2026 10:00' } }];
		expect(findDates('incidents', rows, { created_at: 'c' }, 'auto')).toMatchObject({
			ambiguous: true,
			needsZone: true
		});
		expect(findDates('incidents', rows, { created_at: 'c' }, 'month')).toMatchObject({
			ambiguous: false,
			order: 'month'
		});
	});
});

describe('its events', () => {
	it('are events like any other, in order, and carry every milestone', () => {
		const drafts = eventsOf(record(), 'jira');
		for (const { type, payload } of drafts) expect(() => eventBodySchema.parse({ type, payload })).not.toThrow();
		expect(told(drafts)).toEqual({
			impactStarted: '14:00',
			signalled: '14:03',
			acknowledged: '14:07',
			recognised: '14:05',
			created: '14:05',
			mitigated: '14:40',
			resolved: '15:00',
			detectedBy: 'alert'
		});
		const times = drafts.map(({ occurredAt }) => occurredAt);
		expect(times).toEqual([...times].sort((a, b) => a - b));
		const state = foldAll('real', drafts);
		expect(state).toMatchObject({
			lifecycle: 'ended',
			status: 'closed',
			severity: 'P1',
			postmortem: { state: 'published' }
		});
		expect(state.imported).toMatchObject({
			source: 'jira',
			sourceId: 'OPS-7',
			services: ['checkout', 'payments'],
			cause: 'bad deploy',
			escalated: true
		});
		expect(timeline(drafts).map(({ title }) => title)).toContain('Imported from jira: OPS-7');
	});

	it.each([
		['customer', 'customer', '14:03'],
		['staff', 'staff', '14:03'],
		['', null, '14:03']
	])('noticed by "%s"', (text, detectedBy, signalled) => {
		const drafts = eventsOf(record({ detected_by: text }), 'jira');
		expect(told(drafts)).toMatchObject({ detectedBy, signalled, acknowledged: '14:07', recognised: '14:05' });
	});

	it('of an incident that is not over leave it open', () => {
		const drafts = eventsOf(record({ resolved_at: '', mitigated_at: '', postmortem_state: '' }), 'jira');
		expect(foldAll('real', drafts)).toMatchObject({
			lifecycle: 'running',
			status: 'investigating',
			postmortem: { state: 'none' }
		});
		expect(told(drafts)).toMatchObject({ mitigated: null, resolved: null });
	});

	it('claim no detection where nothing tells of one', () => {
		const drafts = eventsOf(
			record({ detected_at: '', detected_by: '', acknowledged_at: '', impact_started_at: '' }),
			'jira'
		);
		expect(told(drafts)).toMatchObject({ detectedBy: null, signalled: null, impactStarted: null, created: '14:05' });
	});
});

describe('a row that came before', () => {
	const before = record({ resolved_at: '', mitigated_at: '', postmortem_state: '' });
	const log = eventsOf(before, 'jira');
	const facts = foldAll('real', log).imported;
	if (!facts) throw new Error('an import leaves its facts');

	it('is the same however its file wrote it', () => {
		const again = record({
			created_at: '24/03/2026 2:05 PM',
			severity: 'critical',
			resolved_at: '?',
			mitigated_at: '',
			postmortem_state: '',
			services: 'checkout | payments'
		});
		expect(differences(facts, again)).toEqual([]);
		expect(recordOf(again)).toEqual(recordOf(before));
	});

	it('brings what happened since, and corrects what was wrong', () => {
		const now = record({ acknowledged_at: '2026-03-24 14:09', severity: 'P2' });
		expect(differences(facts, now)).toEqual([
			'severity',
			'acknowledged_at',
			'mitigated_at',
			'resolved_at',
			'postmortem_state'
		]);
		const whole = [...log, ...corrections(facts, now, 'jira', READING.now)];
		expect(told(whole)).toMatchObject({ acknowledged: '14:09', mitigated: '14:40', resolved: '15:00' });
		const state = foldAll('real', whole);
		expect(state).toMatchObject({ severity: 'P2', lifecycle: 'ended', postmortem: { state: 'published' } });
		expect(state.imported && differences(state.imported, now)).toEqual([]);
		for (const { type, payload } of whole) expect(() => eventBodySchema.parse({ type, payload })).not.toThrow();
	});
});

describe('events of a list', () => {
	const rows = [
		['declared', '14:00', 'Checkout fails', 'P2'],
		['alert', '13:58', 'HighErrorRate', 'critical'],
		['ack', '14:01', '', ''],
		['note', '14:05', 'Looks like the release', ''],
		['deploy', '13:50', 'checkout 5.2', ''],
		['rollback', '14:10', 'Rolled back', ''],
		['severity', '14:11', '', 'sev1'],
		['resolved', '14:30', '', '']
	];
	it('become events of the log, with ids and states that follow', () => {
		let state = foldAll('real', []);
		const drafts: EventDraft[] = [];
		for (const [index, [type = '', time = '', text = '', value = '']] of rows.entries()) {
			const read = readEventRow(
				index + 2,
				{ incident: 'X', at: `2026-03-24 ${time}`, type, text, value, by: 'Ada' },
				READING
			);
			if (!read.ok) throw new Error(read.refused[0]?.message);
			for (const draft of draftsOf(read.row, state, 'jira', READING)) {
				drafts.push(draft);
				state = foldAll('real', drafts);
			}
		}
		for (const { type, payload } of drafts) expect(() => eventBodySchema.parse({ type, payload })).not.toThrow();
		expect(state).toMatchObject({ severity: 'P1', status: 'resolved' });
		expect(state.alerts[0]?.acknowledged).not.toBeNull();
		expect(state.notes[0]).toMatchObject({ text: 'Looks like the release', said: { by: 'Ada' } });
		expect(told(drafts)).toMatchObject({ signalled: '13:58', resolved: '14:30', detectedBy: 'alert' });
	});
	it.each([
		[{ type: 'dance' }, 'unknown_type'],
		[{ type: 'note', at: '' }, 'no_time'],
		[{ type: 'note', text: '' }, 'unknown_value'],
		[{ type: 'severity', value: 'x' }, 'unknown_severity'],
		[{ incident: '' }, 'no_id']
	])('%j is refused', (over, code) => {
		const read = readEventRow(3, { incident: 'X', at: '2026-03-24 14:00', type: 'note', text: 'x', ...over }, READING);
		expect(read.ok ? [] : read.refused.map((one) => one.code)).toContain(code);
	});
});

it('the report is a file that no spreadsheet runs', () => {
	const csv = refusedCsv({
		refused: [{ line: 3, code: 'unknown_value', message: '=x "y"' }],
		changed: [{ line: 2, id: 'A', incidentId: 'i', fields: ['severity'], corrected: false }]
	});
	expect(csv.split('\r\n')).toEqual([
		'line,code,message',
		'2,differs,"“A” is already here and differs in: severity. Nothing was changed."',
		'3,unknown_value,"\'=x ""y"""',
		''
	]);
});
