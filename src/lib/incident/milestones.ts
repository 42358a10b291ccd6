/**
 * Milestones of an incident, folded from its log and never stored: as people claimed them and as the truth had them.
 * A value corrected in review wins over the claim and says that it was corrected.
 */
import { claims } from './milestones/claims.ts';
import { firstSignal, type DetectedBy } from './milestones/signal.ts';
import { truths } from './milestones/truths.ts';
import { MILESTONES, type Milestone } from './milestone.ts';
import { numberOf, type ReadableEvent } from './moment.ts';

export type { DetectedBy } from './milestones/signal.ts';

export interface MilestoneValue {
	/** Incident time, epoch milliseconds. */
	at: number;
	/** Simulated milliseconds since the run began; null in a real incident. */
	simMs: number | null;
	/** The event it stands on. */
	seq: number;
	corrected: boolean;
}

export type MilestoneValues = Record<Milestone, MilestoneValue | null>;

export interface Milestones {
	/** As people said or did it, with corrections. */
	claimed: MilestoneValues;
	/** As it was; null where nothing in the log (or in this view of it) tells. */
	truth: MilestoneValues;
	/** Who noticed first; null where nobody did. */
	detectedBy: DetectedBy | null;
}

/** Folds the milestones from a log, or from a view of it: then only what the viewer may see is told. */
export function foldMilestones(events: readonly ReadableEvent[]): Milestones {
	const impactStarted = events.find((event) => event.type === 'impact.started');
	const signal = firstSignal(events, impactStarted);
	const claimed = values({ ...claims(events), signalled: signal?.event ?? null });
	const truth = values(truths(events, claimed));
	// Practice has a simulated clock: wherever it was read, it runs alongside incident time.
	const clock = events.find((event) => event.simMs !== null);
	for (const event of events) {
		if (event.type !== 'milestone.corrected') continue;
		const { milestone, at } = event.payload;
		const value = at === null ? null : corrected(event, at, clock);
		claimed[milestone] = value;
		// What people observe has one time. Of the simulated truth nothing can be corrected; of a real incident all can.
		if (!clock || !SIMULATED.has(milestone)) truth[milestone] = value;
		if (milestone === 'acknowledged' || milestone === 'declared') follow(claimed, truth);
		if (milestone === 'resolved' && clock) truth.resolved = cameTrue(value, truth);
	}
	return { claimed, truth, detectedBy: signal?.by ?? null };
}

const SIMULATED = new Set<Milestone>(['impactStarted', 'mitigated', 'resolved', 'identified']);

/** Milliseconds from one milestone to another, pauses left out; null where either is missing. May be negative. */
export function between(
	from: { at: number; simMs: number | null } | null,
	to: { at: number; simMs: number | null } | null
): number | null {
	if (from === null || to === null) return null;
	return from.simMs !== null && to.simMs !== null ? to.simMs - from.simMs : to.at - from.at;
}

/** The value to reckon with: the truth where it is known, else what people claimed. */
export function best(milestones: Milestones, milestone: Milestone): MilestoneValue | null {
	return milestones.truth[milestone] ?? milestones.claimed[milestone];
}

function values(events: Partial<Record<Milestone, ReadableEvent | null>>): MilestoneValues {
	const result = {} as MilestoneValues;
	for (const milestone of MILESTONES) {
		const event = events[milestone] ?? null;
		result[milestone] =
			event === null ? null : { at: event.occurredAt, simMs: event.simMs, seq: numberOf(event), corrected: false };
	}
	return result;
}

/** Incident time and simulated time run alike, so the one gives the other. */
function corrected(event: ReadableEvent, at: number, clock: ReadableEvent | undefined): MilestoneValue {
	const simMs = clock && clock.simMs !== null ? clock.simMs - (clock.occurredAt - at) : null;
	return { at, simMs, seq: numberOf(event), corrected: true };
}

/** A resolution corrected in review is still none while customers suffer. */
function cameTrue(resolved: MilestoneValue | null, truth: MilestoneValues): MilestoneValue | null {
	if (resolved === null || truth.impactStarted === null) return resolved;
	if (truth.mitigated === null) return null;
	return truth.mitigated.at > resolved.at ? truth.mitigated : resolved;
}

/** Recognition and creation are made of others, and move with them. */
function follow(claimed: MilestoneValues, truth: MilestoneValues): void {
	const both = [claimed.acknowledged, claimed.declared].filter((value) => value !== null);
	claimed.recognised = both.reduce<MilestoneValue | null>(
		(first, value) => (first === null || value.at < first.at ? value : first),
		null
	);
	claimed.created = claimed.declared ?? claimed.created;
	truth.recognised = claimed.recognised;
	truth.created = claimed.created;
}
