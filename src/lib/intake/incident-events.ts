/**
 * An imported incident as events of the one log, so that timeline, scorecard, post-mortem and analytics read it like any other.
 * `occurredAt` is when it happened; when it was imported is `recordedAt`, which storing adds.
 */
import { EVERYONE, type Actor } from '../incident/actor.ts';
import type { EventBody, EventDraft } from '../incident/event.ts';
import type { ImportedFacts } from '../incident/events/intake-events.ts';
import type { AlertContext } from '../incident/events/alert-events.ts';
import { DAY_MS, reviewTerms } from '../incident/review-terms.ts';
import type { IncidentRecord } from './incident-row.ts';

/** Whoever responded then: one person of the log, since the file names none. */
export const RESPONDERS_ID = 'p1';
export const RESPONDERS_NAME = 'Responders (imported)';

const PEOPLE: Actor = { kind: 'participant', id: RESPONDERS_ID };
const MUSTER: Actor = { kind: 'system', name: 'muster' };
const MONITORING: Actor = { kind: 'system', name: 'monitoring' };

/** All events of a record, in the order in which things happened. */
export function eventsOf(record: IncidentRecord, source: string): EventDraft[] {
	const drafts = [
		imported(record, source, firstMoment(record)),
		...detection(record, source),
		...response(record),
		...ending(record)
	];
	// Stable: what happened at one moment stays in the order in which it is written here.
	return drafts.sort((one, other) => one.occurredAt - other.occurredAt);
}

export function imported(record: IncidentRecord, source: string, at: number): EventDraft {
	const payload: ImportedFacts = {
		source,
		sourceId: record.id,
		title: record.title,
		services: record.services,
		cause: record.cause,
		escalated: record.escalated,
		postmortem: record.postmortem,
		record: recordOf(record),
		assumed: record.assumed
	};
	return draft(at, MUSTER, { type: 'incident.imported', payload });
}

/** What was read, field by field, in one form: equal records are equal here, however their files wrote them. */
export function recordOf(record: IncidentRecord): Record<string, string> {
	const time = (at: number | null) => (at === null ? '' : new Date(at).toISOString());
	const fields: Record<string, string> = {
		title: record.title,
		description: record.summary,
		severity: record.severity,
		created_at: time(record.createdAt),
		impact_started_at: time(record.impactStartedAt),
		detected_at: time(record.detectedAt),
		detected_by: record.detectedBy ?? '',
		acknowledged_at: time(record.acknowledgedAt),
		mitigated_at: time(record.mitigatedAt),
		resolved_at: time(record.resolvedAt),
		services: record.services.join('; '),
		cause: record.cause,
		escalated:
			record.escalated === null
				? ''
				: record.escalated
					? record.escalatedAt !== null
						? time(record.escalatedAt)
						: record.escalatedTo || 'yes'
					: 'no',
		postmortem_state: record.postmortem ?? '',
		postmortem_published_at: time(record.postmortemPublishedAt)
	};
	return Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== ''));
}

function detection(record: IncidentRecord, source: string): EventDraft[] {
	const { impactStartedAt, detectedAt, detectedBy, acknowledgedAt } = record;
	const drafts: EventDraft[] = [];
	if (impactStartedAt !== null) {
		drafts.push(draft(impactStartedAt, PEOPLE, { type: 'impact.started', payload: { share: 1, assumed: true } }));
	}
	// An alert that nobody timed was there by the time somebody took it on.
	const noticedAt = detectedAt ?? (detectedBy === null ? null : (acknowledgedAt ?? record.createdAt));
	if (noticedAt !== null) drafts.push(...noticed(record, noticedAt, source));
	if (acknowledgedAt !== null) drafts.push(...acknowledgement(record, acknowledgedAt, noticedAt));
	return drafts;
}

export function noticed(record: IncidentRecord, at: number, source: string): EventDraft[] {
	if (record.detectedBy !== 'alert') {
		return [draft(at, MUSTER, { type: 'incident.detected', payload: { by: record.detectedBy } })];
	}
	const service = record.services[0];
	return [
		draft(at, MONITORING, {
			type: 'alert.fired',
			payload: {
				alertId: 'a1',
				name: 'Alert (imported)',
				labels: service === undefined ? {} : { service },
				level: '',
				value: null,
				activeAt: null,
				context: noContext(record.title),
				from: { source, fingerprint: record.id, startsAt: at }
			}
		})
	];
}

export function acknowledgement(record: IncidentRecord, at: number, noticedAt: number | null): EventDraft[] {
	return record.detectedBy === 'alert' && noticedAt !== null
		? [draft(at, PEOPLE, { type: 'alert.acknowledged', payload: { alertId: 'a1' } })]
		: [draft(at, PEOPLE, { type: 'incident.acknowledged', payload: {} })];
}

function response(record: IncidentRecord): EventDraft[] {
	const { severity, title, summary, createdAt } = record;
	const declared = draft(createdAt, PEOPLE, { type: 'incident.declared', payload: { severity, title, summary } });
	return record.escalated === true ? [declared, escalation(record)] : [declared];
}

/** A file that only says that it was escalated does not say when: the moment from which it was known to be an incident stands for it. */
export function escalation(record: IncidentRecord): EventDraft {
	const at = record.escalatedAt ?? Math.max(record.createdAt, record.acknowledgedAt ?? 0);
	const whom = record.escalatedTo;
	return draft(at, PEOPLE, {
		type: 'escalated',
		payload: { to: whom === '' ? 'secondary' : 'specialist', whom, reason: 'As imported' }
	});
}

/** How it ended, as far as the record says so. */
export function ending(record: IncidentRecord): EventDraft[] {
	const { mitigatedAt, resolvedAt, impactStartedAt } = record;
	const drafts: EventDraft[] = [];
	const overAt = mitigatedAt ?? resolvedAt;
	if (impactStartedAt !== null && overAt !== null) drafts.push(impactEnded(impactStartedAt, overAt));
	if (mitigatedAt !== null) drafts.push(status(mitigatedAt, 'investigating', 'monitoring'));
	if (resolvedAt !== null) {
		drafts.push(status(resolvedAt, mitigatedAt === null ? 'investigating' : 'monitoring', 'resolved'));
		drafts.push(...postmortem(record, resolvedAt));
		drafts.push(status(resolvedAt, 'resolved', 'closed'));
	}
	return drafts;
}

export function impactEnded(from: number, at: number): EventDraft {
	const affectedMinutes = Math.max(0, at - from) / 60_000;
	return draft(at, PEOPLE, { type: 'impact.ended', payload: { affectedMinutes } });
}

type Status = Extract<EventBody, { type: 'status.changed' }>['payload']['to'];

export function status(at: number, from: Status, to: Status): EventDraft {
	return draft(at, PEOPLE, { type: 'status.changed', payload: { from, to, note: 'As imported', verification: null } });
}

/** Muster drafts a post-mortem of whatever is resolved. One is due only where the record says that it is still to come. */
export function postmortem(record: IncidentRecord, resolvedAt: number): EventDraft[] {
	if (record.postmortem === 'not_due') return [];
	const waited = record.postmortem === 'draft' || record.postmortem === 'none';
	const dueAt = waited ? resolvedAt + reviewTerms(null, record.severity).postmortemDays * DAY_MS : null;
	const drafts = [draft(resolvedAt, MUSTER, { type: 'postmortem.drafted', payload: { dueAt } })];
	if (record.postmortem === 'published') drafts.push(published(record, resolvedAt));
	return drafts;
}

export function published(record: IncidentRecord, resolvedAt: number): EventDraft {
	const at = Math.max(resolvedAt, record.postmortemPublishedAt ?? resolvedAt);
	return draft(at, PEOPLE, { type: 'postmortem.published', payload: {} });
}

export function draft(occurredAt: number, actor: Actor, body: EventBody): EventDraft {
	return { ...body, occurredAt, simMs: null, actor, audience: EVERYONE, causedBy: null };
}

function firstMoment(record: IncidentRecord): number {
	const { createdAt, impactStartedAt, detectedAt } = record;
	return Math.min(createdAt, impactStartedAt ?? createdAt, detectedAt ?? createdAt);
}

export function noContext(summary: string): AlertContext {
	return {
		summary,
		description: '',
		runbookUrl: null,
		dashboardUrl: null,
		recentChanges: [],
		affectedEndpoints: [],
		escalation: null,
		automatedResponse: null,
		expr: null
	};
}
