/**
 * The one record that figures are made of: what an incident amounts to, the same whether it was played here, run here, or read
 * from a file of another tool. All times are incident time in epoch milliseconds, in which pauses do not pass.
 */
import type { DetectedBy } from '../incident/milestones.ts';
import type { Severity } from '../incident/severity.ts';

export interface IncidentFacts {
	id: string;
	/** As people say it: `EX-0012`, `INC-2026-0003`, or what the file called it. */
	key: string;
	title: string;
	origin: 'practice' | 'real';
	severity: Severity | null;
	/**
	 * Where it stands in time, for periods and trends. Of a real incident its creation, else its impact; of practice the wall
	 * time at which it was played, since its own calendar is fiction. Null where nobody knows.
	 */
	at: number | null;
	times: FactTimes;
	/** Last moment at which it is known to have gone on; null where that is the moment of asking. */
	seenUntil: number | null;
	/** No incident after all: it has no time to resolve. */
	stoodDown: boolean;
	detectedBy: DetectedBy | null;
	services: string[];
	/** Class of the cause, in small letters. */
	causeClass: string | null;
	escalated: boolean | null;
	postmortem: PostmortemState | null;
	/** Who responded, as a team; null where none was named. */
	team: string | null;
	/** What only practice has; null of a real incident. */
	drill: DrillFacts | null;
	/** ∫ share of users affected dt, in minutes; null where no impact is recorded. */
	impactMinutes: number | null;
	/** Answers 1 to 5 to "How hard was this on you?", in ascending order and without names. Never shown below five. */
	strain: number[];
	actions: ActionFacts[];
	/** What was tried, in order. */
	attempts: AttemptFacts[];
	/** Some of its times were corrected in review. */
	corrected: boolean;
}

export type PostmortemState = 'none' | 'draft' | 'review' | 'published' | 'not_due';

export interface FactTimes {
	impactStarted: number | null;
	/** First page or report that reached somebody. */
	detected: number | null;
	/** First acknowledgement or declaration by a person. */
	acknowledged: number | null;
	/** Declared, else the first page: what the time to resolve counts from. */
	created: number | null;
	mitigated: number | null;
	resolved: number | null;
}

export interface DrillFacts {
	scenario: string;
	/** Runs of one class of seeds play alike; here all seeds of one content of a scenario. */
	seedClass: string;
	/** 1 where none of the responders had played the scenario before; null until attempts are numbered. */
	attempt: number | null;
	/** Fastest speed at which any of it was played. */
	speed: number;
	hints: number;
	/** Whether the host has opened the truth: before that nobody is told what it was. */
	truthOpen: boolean;
	/** Minutes from impact to mitigation of the reference run of the same scenario and seed; null where there is none. */
	referenceMitigateMinutes: number | null;
}

export interface ActionFacts {
	title: string;
	status: 'not_started' | 'in_progress' | 'complete';
	/** Wall time. */
	dueAt: number | null;
	completedAt: number | null;
	/** Incident that played the scenario again and showed that it worked. */
	proofIncidentId: string | null;
}

export interface AttemptFacts {
	/** The mitigation's id in its scenario, or what people called it. */
	name: string;
	startedAt: number;
	/** Whether it helped; null where nobody judged. */
	helped: boolean | null;
}

/** Length of a span in minutes; null where one end is unknown. */
export function minutesBetween(from: number | null, to: number | null): number | null {
	return from === null || to === null ? null : (to - from) / 60_000;
}

/** Impact to the first page or report, in minutes: before impact it is negative. */
export function detectionMinutes({ times }: IncidentFacts): number | null {
	return minutesBetween(times.impactStarted, times.detected);
}

/** Creation to resolution in minutes; null while unresolved, and of what was no incident. */
export function resolveMinutes({ times, stoodDown }: IncidentFacts): number | null {
	return stoodDown ? null : minutesBetween(times.created, times.resolved);
}

/** Creation to resolution, or to where it was last known to go on. Null where it never began, or was none. */
export function resolution(facts: IncidentFacts, asOf: number): { minutes: number; ended: boolean } | null {
	const { times, stoodDown, seenUntil } = facts;
	if (stoodDown || times.created === null) return null;
	const done = resolveMinutes(facts);
	if (done !== null) return { minutes: done, ended: true };
	return { minutes: Math.max(0, ((seenUntil ?? asOf) - times.created) / 60_000), ended: false };
}
