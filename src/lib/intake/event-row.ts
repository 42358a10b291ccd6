/** Rows of a list of events: what happened in an incident that is here, or that one of the rows declares. */
import { EVERYONE, type Actor } from '../incident/actor.ts';
import type { EventBody, EventDraft } from '../incident/event.ts';
import { nextId } from '../incident/next-id.ts';
import type { Severity } from '../incident/severity.ts';
import type { IncidentState } from '../incident/state.ts';
import { INCIDENT_STATUSES, type IncidentStatus } from '../incident/status.ts';
import { readMoment } from './dates.ts';
import { noContext, RESPONDERS_ID } from './incident-events.ts';
import type { RowReading } from './incident-row.ts';
import { plain } from './mapping.ts';
import { isBlank, refusal, type IntakeRefusal } from './table.ts';
import { detectedByOf, looksLikeFormula, severityOf } from './values.ts';

export interface EventRow {
	line: number;
	incident: string;
	at: number;
	kind: EventKind;
	text: string;
	value: string;
	service: string;
	by: string;
	/** Names the row for ever: its own id, else what it says. A row is never appended twice. */
	key: string;
}

const KIND_WORDS = {
	note: ['note', 'noteadded', 'annotation', 'observation', 'log', 'timeline', 'finding'],
	message: ['message', 'messageposted', 'comment', 'chat', 'slack', 'post'],
	decision: ['decision', 'decisionrecorded', 'decided'],
	change: ['change', 'changedeployed', 'deploy', 'deployment', 'release', 'config', 'configchange'],
	alert: ['alert', 'alertfired', 'alarm', 'page', 'fired', 'triggered', 'trigger'],
	alertResolved: ['alertresolved', 'alertcleared', 'alarmresolved', 'cleared'],
	acknowledged: [
		'acknowledged',
		'ack',
		'acked',
		'acknowledge',
		'incidentacknowledged',
		'alertacknowledged',
		'responded'
	],
	detected: ['detected', 'detection', 'incidentdetected', 'reported', 'noticed'],
	declared: ['declared', 'incidentdeclared', 'created', 'opened', 'open', 'declaration'],
	severity: ['severity', 'severitychanged', 'severitychange', 'prioritychange', 'prioritychanged'],
	status: ['status', 'statuschanged', 'statuschange', 'state', 'statechange'],
	identified: ['identified', 'causefound', 'rootcausefound'],
	mitigated: ['mitigated', 'restored', 'recovered', 'monitoring'],
	resolved: ['resolved', 'resolve', 'fixed', 'resolution'],
	closed: ['closed', 'close'],
	reopened: ['reopened', 'reopen', 'incidentreopened'],
	escalated: ['escalated', 'escalation', 'escalate'],
	mitigation: ['mitigation', 'mitigationstarted', 'action', 'actiontaken', 'fix', 'rollback', 'restart'],
	update: ['update', 'statusupdate', 'statusupdatepublished', 'statuspage', 'communication', 'publicupdate'],
	impactStarted: ['impactstarted', 'impactstart', 'impactbegan', 'outagestarted'],
	impactEnded: ['impactended', 'impactend', 'outageended'],
	postmortem: ['postmortempublished', 'postmortem', 'rcapublished', 'retrospectivepublished']
} as const;
export type EventKind = keyof typeof KIND_WORDS;

const KIND_BY_WORD = new Map<string, EventKind>(
	Object.entries(KIND_WORDS).flatMap(([kind, words]) => words.map((word) => [word, kind as EventKind] as const))
);

export type EventRowResult = { ok: true; row: EventRow } | { ok: false; refused: IntakeRefusal[] };

export function readEventRow(line: number, cells: Record<string, string>, reading: RowReading): EventRowResult {
	const refused: IntakeRefusal[] = [];
	const cell = (field: string) => (isBlank(cells[field]) ? '' : (cells[field] ?? '').trim());
	if (Object.values(cells).some(looksLikeFormula)) {
		refused.push(refusal(line, 'formula', 'A cell begins like a formula of a spreadsheet: put the plain text there.'));
	}
	const incident = cell('incident').replace(/\s+/g, ' ');
	if (incident === '') refused.push(refusal(line, 'no_id', 'The row does not say to which incident it belongs.'));
	const kind = KIND_BY_WORD.get(plain(cell('type')));
	if (!kind) {
		const known =
			'note, message, decision, change, alert, acknowledged, declared, severity, status, escalated, mitigation, update';
		refused.push(
			refusal(
				line,
				'unknown_type',
				`“${cell('type').slice(0, 40)}” is no kind of event that can be imported: use one of ${known}.`
			)
		);
	}
	const moment = cell('at') === '' ? null : readMoment(cell('at'), reading);
	if (!moment) refused.push(refusal(line, 'no_time', 'The row does not say when it happened.'));
	else if (!moment.ok) refused.push(refusal(line, moment.code, `Time: ${moment.message}.`));
	else if (moment.at > reading.now + 5 * 60_000) {
		refused.push(refusal(line, 'future', 'The time lies in the future: look at the date and the time zone.'));
	}
	const [text, value, by, service] = [cell('text'), cell('value'), cell('by'), cell('service')];
	if (
		kind &&
		NEEDS_SEVERITY.has(kind) &&
		severityOf(value, reading.severities) === null &&
		!(kind === 'declared' && reading.emptySeverity)
	) {
		refused.push(
			refusal(line, 'unknown_severity', 'The row does not say which severity: put P1 to P4 into its value.')
		);
	}
	if (kind === 'status' && statusOf(value || text) === null) {
		refused.push(
			refusal(
				line,
				'unknown_value',
				`The status is none of ${INCIDENT_STATUSES.join(', ')}: put one of them into its value.`
			)
		);
	}
	if (kind && NEEDS_TEXT.has(kind) && text === '') refused.push(refusal(line, 'unknown_value', 'The row has no text.'));
	if (refused.length > 0 || !kind || !moment?.ok) return { ok: false, refused };
	const { at } = moment;
	const id = cell('event_id');
	const key = id === '' ? [at, kind, text, value, by].join(' | ') : `id ${id}`;
	return {
		ok: true,
		row: {
			line,
			incident,
			at,
			kind,
			text: text.slice(0, 8000),
			value,
			service: service.slice(0, 200),
			by: by.slice(0, 200),
			key
		}
	};
}

const NEEDS_SEVERITY = new Set<EventKind>(['declared', 'severity']);
const NEEDS_TEXT = new Set<EventKind>(['note', 'message', 'decision', 'change', 'alert', 'mitigation', 'update']);

function statusOf(text: string): IncidentStatus | null {
	return INCIDENT_STATUSES.find((status) => status === plain(text)) ?? null;
}

/**
 * What a row brings into a log that stands at `state`; nothing where the log says so already (a second resolution).
 * `source` names where an alert came from.
 */
export function draftsOf(
	row: EventRow,
	state: IncidentState,
	source: string,
	reading: Pick<RowReading, 'severities' | 'emptySeverity'>
): EventDraft[] {
	const people: Actor = { kind: 'participant', id: RESPONDERS_ID };
	const as = (actor: Actor, ...bodies: EventBody[]): EventDraft[] =>
		bodies.map((body) => ({ ...body, occurredAt: row.at, simMs: null, actor, audience: EVERYONE, causedBy: null }));
	const did = (...bodies: EventBody[]) => as(people, ...bodies);
	const { text, value, service } = row;
	const said = row.by === '' ? null : { by: row.by };
	const status = (to: IncidentStatus) =>
		state.status === to
			? []
			: did({
					type: 'status.changed',
					payload: { from: state.status, to, note: text.slice(0, 2000), verification: null }
				});
	switch (row.kind) {
		case 'note':
			return did({ type: 'note.added', payload: { noteId: nextId(state, 'note'), text, said } });
		case 'message':
			return did({ type: 'message.posted', payload: { messageId: nextId(state, 'message'), text, said } });
		case 'decision':
			return did({ type: 'decision.recorded', payload: { decisionId: nextId(state, 'decision'), text, said } });
		case 'change':
			return did({
				type: 'change.deployed',
				payload: {
					changeId: nextId(state, 'change'),
					service,
					kind: value.slice(0, 100) || 'change',
					title: text.slice(0, 200),
					detail: text.length > 200 ? text : '',
					version: null,
					by: row.by
				}
			});
		case 'alert': {
			const alertId = nextId(state, 'alert');
			return as(
				{ kind: 'system', name: 'monitoring' },
				{
					type: 'alert.fired',
					payload: {
						alertId,
						name: text.slice(0, 200),
						labels: service === '' ? {} : { service },
						level: value.slice(0, 100),
						value: null,
						activeAt: null,
						context: noContext(''),
						from: { source, fingerprint: row.key.slice(0, 200), startsAt: row.at }
					}
				}
			);
		}
		case 'alertResolved': {
			const alert = state.alerts.findLast(
				(one) => one.resolvedAt === null && (text === '' || one.name === text.slice(0, 200))
			);
			return alert
				? as({ kind: 'system', name: 'monitoring' }, { type: 'alert.resolved', payload: { alertId: alert.alertId } })
				: [];
		}
		case 'acknowledged': {
			const alert = state.alerts.find((one) => one.acknowledged === null && one.resolvedAt === null);
			return alert
				? did({ type: 'alert.acknowledged', payload: { alertId: alert.alertId } })
				: did({ type: 'incident.acknowledged', payload: {} });
		}
		case 'detected':
			return did({ type: 'incident.detected', payload: { by: detectedByOf(value) ?? detectedByOf(row.by) } });
		case 'declared': {
			const severity = severityOf(value, reading.severities) ?? reading.emptySeverity;
			return state.declared || severity === null
				? []
				: did({
						type: 'incident.declared',
						payload: { severity, title: (text || `Incident ${row.incident}`).slice(0, 200), summary: '' }
					});
		}
		case 'severity': {
			const to: Severity | null = severityOf(value, reading.severities);
			return to === null || state.severity === null || state.severity === to
				? []
				: did({ type: 'severity.changed', payload: { from: state.severity, to, reason: text || 'As imported' } });
		}
		case 'status':
			return status(statusOf(value || text) ?? state.status);
		case 'identified':
			return status('identified');
		case 'mitigated':
			return status('monitoring');
		case 'resolved':
			return status('resolved');
		case 'closed':
			return state.status === 'resolved'
				? status('closed')
				: [
						...status('resolved'),
						...did({
							type: 'status.changed',
							payload: { from: 'resolved', to: 'closed', note: '', verification: null }
						})
					];
		case 'reopened':
			return did({ type: 'incident.reopened', payload: { reason: text || 'As imported' } });
		case 'escalated': {
			const whom = (value || text).slice(0, 200);
			return did({
				type: 'escalated',
				payload: { to: whom === '' ? 'secondary' : 'specialist', whom, reason: text || 'As imported' }
			});
		}
		case 'mitigation': {
			const attemptId = nextId(state, 'attempt');
			const what = { attemptId, mitigationId: attemptId, name: text.slice(0, 200) };
			return did(
				{
					type: 'mitigation.started',
					payload: { ...what, command: '', readyAt: row.at, runbookId: null, stepId: null }
				},
				{ type: 'mitigation.finished', payload: { ...what, ran: true, message: '' } }
			);
		}
		case 'update': {
			const channel = /internal|slack|team/i.test(value) ? 'internal' : 'status_page';
			return did({
				type: 'status_update.published',
				payload: {
					updateId: nextId(state, 'update'),
					channel,
					state: state.status,
					impact: text,
					action: '',
					nextUpdateAt: null,
					said
				}
			});
		}
		case 'impactStarted':
			return state.impact && state.impact.share > 0 ? [] : did({ type: 'impact.started', payload: shareOf(value) });
		case 'impactEnded': {
			const { impact } = state;
			if (!impact || impact.share === 0) return [];
			const affectedMinutes = impact.affectedMinutes + (impact.share * Math.max(0, row.at - impact.since)) / 60_000;
			return did({ type: 'impact.ended', payload: { affectedMinutes } });
		}
		case 'postmortem':
			return state.postmortem.state === 'published' ? [] : did({ type: 'postmortem.published', payload: {} });
	}
}

function shareOf(value: string): { share: number; assumed?: boolean } {
	const number = Number(value.replace('%', '').trim());
	if (value.trim() === '' || !Number.isFinite(number) || number <= 0) return { share: 1, assumed: true };
	const share = value.includes('%') || number > 1 ? number / 100 : number;
	return { share: Math.min(1, share) };
}
