/** What the dimensions read: the log, folded once. It knows events and the policy, and nothing else. */
import type { EventType, IncidentEvent } from '../incident/event.ts';
import { foldAll } from '../incident/fold.ts';
import { best, between, foldMilestones, type Milestones, type MilestoneValue } from '../incident/milestones.ts';
import type { Milestone } from '../incident/milestone.ts';
import type { Severity, SeverityLevel, SeverityPolicy } from '../incident/severity.ts';
import type { IncidentState } from '../incident/state.ts';
import type { GroundTruth } from '../incident/truth.ts';

/** A moment in both clocks. */
export interface Instant {
	at: number;
	simMs: number | null;
}

export interface Facts {
	/** In the order in which things happened. */
	events: readonly IncidentEvent[];
	state: IncidentState;
	milestones: Milestones;
	truth: GroundTruth | null;
	policy: SeverityPolicy;
	/** The severity that people are held to: the true one, else the last that was declared. */
	severity: Severity | null;
	level: SeverityLevel | null;
	/** Where the record ends: the end of the run, else the resolution, else the last event. */
	end: Instant;
	/** Whether it has ended, so that what is missing will not come. */
	over: boolean;
	/** Whether only one person ever responded. */
	solo: boolean;
	/** Best known value of a milestone. */
	milestone(name: Milestone): MilestoneValue | null;
	/** Milliseconds between two milestones, pauses left out. */
	span(from: Milestone, to: Milestone): number | null;
	/** Milliseconds from where impact could first be noticed: its start, or the begin of a run that finds it under way. */
	sinceImpact(to: Milestone): number | null;
	/** How long impact had been under way when the run began; 0 where it began later. */
	inheritedMs: number;
	/** Fastest speed at which any of a span was played; 1 in a real incident. */
	fastest(from: Instant, to: Instant): number;
	/** Events of a type, in the order in which they happened. */
	of<T extends EventType>(...types: T[]): Extract<IncidentEvent, { type: T }>[];
}

const ENDINGS: readonly Milestone[] = ['mitigated', 'resolved'];

export function readFacts(log: readonly IncidentEvent[], policy: SeverityPolicy): Facts {
	const events = [...log].sort((one, other) => one.occurredAt - other.occurredAt || one.seq - other.seq);
	const of = <T extends EventType>(...types: T[]): Extract<IncidentEvent, { type: T }>[] =>
		events.filter((event): event is Extract<IncidentEvent, { type: T }> => (types as string[]).includes(event.type));
	const milestones = foldMilestones(log);
	const practice = log.some((event) => event.simMs !== null);
	const state = foldAll(practice ? 'practice' : 'real', log);
	const truth = of('truth.recorded')[0]?.payload.truth ?? null;
	const severity = truth?.severity ?? state.severity;
	const ended = of('run.ended')[0] ?? null;
	// Where the truth is known, what people claimed does not end an impact.
	const milestone = (name: Milestone): MilestoneValue | null =>
		truth && ENDINGS.includes(name) ? milestones.truth[name] : best(milestones, name);
	const resolved = milestone('resolved');
	const last = events.at(-1);
	const end =
		(ended && instantOf(ended)) ?? resolved ?? (last ? instantOf(last) : { at: 0, simMs: practice ? 0 : null });
	const first = of('run.began')[0];
	const began = first ? instantOf(first) : null;
	const people = new Set(
		of('participant.joined').flatMap(({ payload }) => (payload.as === 'responder' ? [payload.participantId] : []))
	);
	return {
		events,
		state,
		milestones,
		truth,
		policy,
		severity,
		level: severity === null ? null : policy[severity],
		end,
		over: ended !== null || resolved !== null || state.lifecycle === 'ended',
		solo: people.size <= 1,
		milestone,
		span: (from, to) => between(milestone(from), milestone(to)),
		sinceImpact: (to) => between(noticeable(milestone('impactStarted'), began), milestone(to)),
		inheritedMs: Math.max(0, between(milestone('impactStarted'), began) ?? 0),
		fastest: fastestOf(of('run.began', 'clock.speed_changed')),
		of
	};
}

function noticeable(impact: Instant | null, began: Instant | null): Instant | null {
	return impact && began && (between(impact, began) ?? 0) > 0 ? began : impact;
}

export function instantOf(event: { occurredAt: number; simMs: number | null }): Instant {
	return { at: event.occurredAt, simMs: event.simMs };
}

/** Milliseconds from one event or moment to another, pauses left out. */
export function elapsed(from: Instant, to: Instant): number {
	return between(from, to) ?? 0;
}

function fastestOf(
	changes: { simMs: number | null; payload: { speed: number } }[]
): (from: Instant, to: Instant) => number {
	return (from, to) => {
		if (from.simMs === null || to.simMs === null) return 1;
		const [start, end] = [from.simMs, to.simMs];
		let fastest = 1;
		changes.forEach(({ simMs, payload }, index) => {
			const since = simMs ?? 0;
			const until = changes[index + 1]?.simMs ?? Number.POSITIVE_INFINITY;
			// A speed that was only set and never ran, because the next one came at the same moment, does not count.
			if (since < end && until > start && until > since) fastest = Math.max(fastest, payload.speed);
		});
		return fastest;
	};
}
