// From a notification to events: each alert once, into the open incident of its group, or into one that it opens.

import { EVERYONE } from '../../incident/actor.ts';
import type { EventBody, EventDraft } from '../../incident/event.ts';
import { initialIncidentState } from '../../incident/fold.ts';
import type { IncidentId } from '../../incident/ids.ts';
import type { SeverityPolicy } from '../../incident/severity.ts';
import { StorageUnavailable } from '../db/storage.ts';
import type { AlertKey, AlertPlace, IngestSource } from '../db/intake-storage.ts';
import type { Hub } from '../runs/hub.ts';
import type { LiveIncident } from '../runs/live-incident.ts';
import { numberEvents } from '../runs/numbering.ts';
import { summaryOf } from '../runs/summary.ts';
import { hashKey, incidentCode, randomKey } from '../secrets.ts';
import type { IncomingAlert, Notification } from './adapters/adapter.ts';
import { isExercise } from './exercise.ts';
import { proposedSeverity } from './severity.ts';

/** What became of one alert. `unknown`: it resolved, and nobody had heard of it. */
export type Outcome = 'fired' | 'repeated' | 'resolved' | 'unknown' | 'refused';

export interface TakenIn {
	fingerprint: string;
	name: string;
	outcome: Outcome;
	incidentId: IncidentId | null;
	/** Why, where it was refused. */
	message: string;
}

const EXERCISE =
	'It comes from an exercise (its label or its first word says so): practice is never let into real incidents.';

/** Takes alerts in one after the other. Rejects with StorageUnavailable where the database is away; sent again, nothing doubles. */
export async function takeIn(
	hub: Hub,
	policy: SeverityPolicy,
	source: IngestSource,
	notification: Notification
): Promise<TakenIn[]> {
	const taken: TakenIn[] = [];
	const real = notification.alerts.filter((alert) => !isExercise(alert, notification));
	for (const alert of notification.alerts) {
		const told = (outcome: Outcome, incidentId: IncidentId | null, message = '') =>
			void taken.push({ fingerprint: alert.fingerprint, name: alert.name, outcome, incidentId, message });
		if (!real.includes(alert)) told('refused', null, EXERCISE);
		else if (alert.status === 'firing') {
			const { outcome, incidentId } = await fire(hub, policy, source, { ...notification, alerts: real }, alert);
			told(outcome, incidentId);
		} else {
			const { outcome, incidentId } = await resolve(hub, source, alert);
			told(outcome, incidentId);
		}
	}
	return taken;
}

async function fire(
	hub: Hub,
	policy: SeverityPolicy,
	source: IngestSource,
	notification: Notification,
	alert: IncomingAlert
): Promise<{ outcome: Outcome; incidentId: IncidentId }> {
	const { storage, now } = hub.context;
	const { sourceId } = source;
	const known = await standing(hub, sourceId, alert);
	const key = { fingerprint: alert.fingerprint, startsAt: alert.startsAt ?? now() };
	// Noted first and told then: where a crash came between the two, the log does not have it yet.
	const place =
		known ??
		(await storage.claimAlert(sourceId, key, {
			incidentId: await incidentFor(hub, policy, source, notification, alert),
			alertId: alertIdOf(key)
		}));
	const live = await find(hub, place.incidentId);
	if (has(live, place.alertId)) return { outcome: 'repeated', incidentId: place.incidentId };
	const body: EventBody = {
		type: 'alert.fired',
		payload: {
			alertId: place.alertId,
			name: alert.name.slice(0, 200),
			labels: alert.labels,
			level: alert.level.slice(0, 200),
			value: alert.value,
			activeAt: key.startsAt,
			context: alert.context,
			from: { source: source.name, ...key }
		}
	};
	await record(live, draft(Math.min(key.startsAt, now()), body));
	return { outcome: 'fired', incidentId: place.incidentId };
}

/** Where the alert was taken before. One that does not say when it began is another once it has resolved. */
async function standing(hub: Hub, sourceId: string, alert: IncomingAlert): Promise<AlertPlace | null> {
	const known = await hub.context.storage.findAlert(sourceId, alert);
	if (!known || alert.startsAt !== null) return known;
	const { incident } = (await find(hub, known.incidentId)).course;
	return incident.alerts.some(({ alertId, resolvedAt }) => alertId === known.alertId && resolvedAt !== null)
		? null
		: known;
}

/** Closes the alert, never the incident: that is for people. */
async function resolve(
	hub: Hub,
	source: IngestSource,
	alert: IncomingAlert
): Promise<{ outcome: Outcome; incidentId: IncidentId | null }> {
	const { storage, now } = hub.context;
	const place = await storage.findAlert(source.sourceId, alert);
	if (!place) return { outcome: 'unknown', incidentId: null };
	const live = await find(hub, place.incidentId);
	const fired = live.course.incident.alerts.find(({ alertId }) => alertId === place.alertId);
	if (!fired) return { outcome: 'unknown', incidentId: place.incidentId };
	if (fired.resolvedAt !== null) return { outcome: 'repeated', incidentId: place.incidentId };
	const at = Math.max(fired.firedAt, Math.min(alert.endsAt ?? now(), now()));
	await record(live, draft(at, { type: 'alert.resolved', payload: { alertId: place.alertId } }));
	return { outcome: 'resolved', incidentId: place.incidentId };
}

/** The open incident of the alert's group; made where there is none. */
async function incidentFor(
	hub: Hub,
	policy: SeverityPolicy,
	source: IngestSource,
	notification: Notification,
	alert: IncomingAlert
): Promise<IncidentId> {
	const { storage } = hub.context;
	const group = groupOf(source, notification, alert);
	const incidentId = await storage.claimGroup(source.sourceId, hashKey(group), incidentCode());
	if (!(await storage.readIncident(incidentId)))
		await open(hub, policy, source, notification, { incidentId, group, alert });
	return incidentId;
}

async function open(
	hub: Hub,
	policy: SeverityPolicy,
	source: IngestSource,
	notification: Notification,
	{ incidentId, group, alert }: { incidentId: IncidentId; group: string; alert: IncomingAlert }
): Promise<void> {
	const { storage, now, owner, log } = hub.context;
	const { title, summary } = titleOf(notification, alert);
	const severity = proposedSeverity(notification.alerts, source.settings);
	const body: EventBody = {
		type: 'incident.opened',
		payload: { title, summary, severity, source: source.name, group: group.slice(0, 200) }
	};
	try {
		await storage.createIncident({
			incidentId,
			origin: 'real',
			createdAt: now(),
			policy,
			// Nobody holds it: the administrator opens the room, and hands the link on.
			hostKeyHash: hashKey(randomKey()),
			joinKey: source.settings.openTo === 'everyone' ? null : randomKey(),
			summary: summaryOf(initialIncidentState('real'), title, null),
			run: null,
			events: numberEvents([draft(Math.min(alert.startsAt ?? now(), now()), body)], 0, now()),
			owner
		});
		log.info({ incident: incidentId, source: source.name, group }, 'an alert opened an incident');
	} catch (error) {
		// Another server was asked at the same moment and made it.
		if (error instanceof StorageUnavailable || !(await storage.readIncident(incidentId))) throw error;
	}
}

/** By the labels that the source is set to group by, else by the source's own group, else by service and name. */
export function groupOf(
	source: Pick<IngestSource, 'settings'>,
	{ group }: Notification,
	{ name, labels }: IncomingAlert
): string {
	const { groupLabels } = source.settings;
	if (groupLabels.length > 0) return groupLabels.map((label) => `${label}=${labels[label] ?? ''}`).join(', ');
	return group === '' ? `${labels.service ?? ''} ${name}`.trim() : group;
}

function titleOf(
	{ title }: Notification,
	{ name, labels, context }: IncomingAlert
): { title: string; summary: string } {
	const said = title || context.summary || [name, labels.service].filter(Boolean).join(' on ');
	return {
		title: said.replace(/\s+/g, ' ').trim().slice(0, 160) || name.slice(0, 160),
		summary: context.description.slice(0, 2000)
	};
}

/** An underscore, so that it is never taken for one of the short ids that are counted. */
function alertIdOf({ fingerprint, startsAt }: AlertKey): string {
	return `a_${hashKey(`${fingerprint} ${startsAt}`).slice(0, 12)}`;
}

function has(live: LiveIncident, alertId: string): boolean {
	return live.course.incident.alerts.some((alert) => alert.alertId === alertId);
}

async function find(hub: Hub, incidentId: IncidentId): Promise<LiveIncident> {
	const found = await hub.find(incidentId);
	// Whoever sent the alert sends it again after a 503.
	if (!found.ok) throw new StorageUnavailable(new Error(found.message));
	return found.live;
}

async function record(live: LiveIncident, event: EventDraft): Promise<void> {
	if (!(await live.record([event]))) throw new StorageUnavailable(new Error('the incident stands still'));
}

function draft(occurredAt: number, body: EventBody): EventDraft {
	const actor = { kind: 'system', name: 'monitoring' } as const;
	return { ...body, occurredAt, simMs: null, actor, audience: EVERYONE, causedBy: null };
}
