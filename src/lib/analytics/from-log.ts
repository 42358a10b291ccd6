/** An incident's log as one row of facts. The log of practice, of a real incident and of an imported one give it alike. */
import type { EventType, IncidentEvent } from '../incident/event.ts';
import { foldMilestones, type Milestones } from '../incident/milestones.ts';
import type { Milestone } from '../incident/milestone.ts';
import type { Severity } from '../incident/severity.ts';
import type { GroundTruth } from '../incident/truth.ts';
import { actionsOf, attemptsOf, impactMinutesOf, postmortemOf, strainOf } from './from-log/parts.ts';
import type { DrillFacts, FactTimes, IncidentFacts } from './facts.ts';

/** Raised whenever a row of the same log would come out otherwise. */
export const FACTS_VERSION = 1;

export interface LogOfIncident {
	incidentId: string;
	key: string;
	title: string;
	origin: 'practice' | 'real';
	/** What it was played on; null of a real incident. */
	run: { scenarioId: string; contentHash: string } | null;
	/** In the order of the log; all of it, or those of FACT_EVENTS. */
	events: readonly IncidentEvent[];
}

/** The types that a row is made of; others may be left out when a log is read. */
export const FACT_EVENTS: readonly string[] = [
	...([
		'alert.fired',
		'alert.acknowledged',
		'page.delivered',
		'escalated',
		'incident.declared',
		'severity.changed',
		'status.changed',
		'incident.reopened',
		'incident.stood_down',
		'incident.classified',
		'stakeholder.asked',
		'hypothesis.confirmed',
		'mitigation.started',
		'mitigation.judged',
		'truth.recorded',
		'impact.started',
		'impact.changed',
		'impact.ended',
		'sli.breached',
		'sli.restored',
		'twin.computed',
		'run.began',
		'run.ended',
		'clock.speed_changed',
		'hint.given',
		'truth.opened',
		'milestone.corrected',
		'postmortem.drafted',
		'postmortem.published',
		'action_item.added',
		'action_item.changed'
	] satisfies EventType[]),
	'incident.imported',
	'incident.detected',
	'incident.acknowledged',
	'incident.opened',
	'survey.answered',
	'postmortem.review_requested',
	'postmortem.review_returned',
	'postmortem.revision_opened'
];

export function factsOf({ incidentId, key, title, origin, run, events }: LogOfIncident): IncidentFacts {
	const milestones = foldMilestones(events);
	const truth = last(events, 'truth.recorded')?.payload.truth ?? null;
	const times = timesOf(milestones, truth !== null);
	const imported = importedOf(events);
	const named = classificationOf(events);
	const ended = last(events, 'run.ended');
	const began = events.find(({ type }) => type === 'run.began');
	const declared = last(events, 'incident.declared')?.payload;
	return {
		id: incidentId,
		key: imported?.sourceId || key,
		title: (origin === 'real' ? declared?.title : undefined) || title,
		origin,
		severity: severityOf(events, truth),
		at: origin === 'practice' ? (began?.recordedAt ?? null) : (times.created ?? times.impactStarted),
		times,
		seenUntil: ended?.occurredAt ?? null,
		stoodDown: events.some(({ type }) => type === 'incident.stood_down'),
		detectedBy: milestones.detectedBy,
		services: [...new Set(named.services ?? truth?.services ?? imported?.services ?? servicesOf(events))].sort(),
		causeClass: normalCause(named.causeClass ?? truth?.failureClass ?? imported?.cause ?? null),
		escalated: imported ? imported.escalated : wasEscalated(events),
		postmortem: postmortemOf(events, imported?.postmortem ?? null),
		team: named.team,
		drill: run ? drillOf(run, events, truth, times) : null,
		impactMinutes: impactMinutesOf(events, ended?.occurredAt ?? times.resolved),
		strain: strainOf(events),
		actions: actionsOf(events),
		attempts: attemptsOf(events),
		corrected: events.some(({ type }) => type === 'milestone.corrected')
	};
}

/** Causes are compared without regard to case and spaces; null where nothing is said. */
export function normalCause(cause: string | null): string | null {
	const plain = cause?.trim().toLowerCase().replace(/\s+/g, ' ') ?? '';
	return plain === '' || plain === '?' || plain === '-' ? null : plain;
}

/** Where the truth is known, what people claimed ends nothing. */
function timesOf({ claimed, truth }: Milestones, known: boolean): FactTimes {
	const best = (name: Milestone): number | null => (truth[name] ?? claimed[name])?.at ?? null;
	const end = (name: Milestone): number | null => (known ? (truth[name]?.at ?? null) : best(name));
	return {
		impactStarted: best('impactStarted'),
		detected: best('signalled'),
		acknowledged: best('recognised'),
		created: best('created'),
		mitigated: end('mitigated'),
		resolved: end('resolved')
	};
}

/** The true one, else the last that was said. */
function severityOf(events: readonly IncidentEvent[], truth: GroundTruth | null): Severity | null {
	if (truth) return truth.severity;
	const said = events.findLast((event) => event.type === 'severity.changed' || event.type === 'incident.declared');
	if (said?.type === 'severity.changed') return said.payload.to;
	return said?.type === 'incident.declared' ? said.payload.severity : null;
}

/** Somebody beyond the primary was called. */
function wasEscalated(events: readonly IncidentEvent[]): boolean {
	return events.some(
		(event) => event.type === 'escalated' || (event.type === 'page.delivered' && event.payload.to === 'secondary')
	);
}

/** Services that alerts name. */
function servicesOf(events: readonly IncidentEvent[]): string[] {
	return events.flatMap((event) => {
		const service = event.type === 'alert.fired' ? event.payload.labels.service : undefined;
		return service ? [service] : [];
	});
}

interface Classification {
	causeClass: string | null;
	services: string[] | null;
	team: string | null;
}

/** What people said about it afterwards: each field as it was said last. */
function classificationOf(events: readonly IncidentEvent[]): Classification {
	const result: Classification = { causeClass: null, services: null, team: null };
	for (const event of events) {
		if (event.type !== 'incident.classified') continue;
		const { causeClass, services, team } = event.payload;
		if (causeClass !== undefined) result.causeClass = causeClass;
		if (services !== undefined) result.services = services;
		if (team !== undefined) result.team = team;
	}
	return result;
}

interface Imported {
	sourceId: string;
	services: string[];
	cause: string;
	escalated: boolean | null;
	postmortem: string | null;
}

/** What an import knew beside the times; the latest counts. */
function importedOf(events: readonly IncidentEvent[]): Imported | null {
	const found = (events as readonly { type: string; payload: unknown }[]).findLast(
		({ type }) => type === 'incident.imported'
	);
	return found ? (found.payload as Imported) : null;
}

function drillOf(
	{ scenarioId, contentHash }: { scenarioId: string; contentHash: string },
	events: readonly IncidentEvent[],
	truth: GroundTruth | null,
	times: FactTimes
): DrillFacts {
	const speeds = events.flatMap((event) =>
		event.type === 'run.began' || event.type === 'clock.speed_changed' ? [event] : []
	);
	const until = times.resolved ?? Number.POSITIVE_INFINITY;
	return {
		scenario: truth?.scenario ?? scenarioId,
		seedClass: contentHash.slice(0, 8),
		attempt: null,
		// A speed that was only set and never ran, because the next one came at the same moment, does not count.
		speed: speeds.reduce((most, { occurredAt, payload }, i) => {
			const next = speeds[i + 1]?.occurredAt ?? Number.POSITIVE_INFINITY;
			return next > occurredAt && occurredAt < until ? Math.max(most, payload.speed) : most;
		}, 1),
		hints: events.filter(({ type }) => type === 'hint.given').length,
		truthOpen: events.some(({ type }) => type === 'truth.opened'),
		referenceMitigateMinutes: referenceOf(events)
	};
}

/** The twin plays the same world, so its impact begins where this run's does. */
function referenceOf(events: readonly IncidentEvent[]): number | null {
	const began = events.find(({ type }) => type === 'impact.started')?.simMs ?? null;
	for (const event of events) {
		if (event.type !== 'twin.computed' || event.payload.twin !== 'reference') continue;
		const { mitigatedMs } = event.payload;
		return mitigatedMs === null || began === null ? null : (mitigatedMs - began) / 60_000;
	}
	return null;
}

function last<T extends EventType>(
	events: readonly IncidentEvent[],
	type: T
): Extract<IncidentEvent, { type: T }> | undefined {
	return events.findLast((event): event is Extract<IncidentEvent, { type: T }> => event.type === type);
}
