import type { IncidentEvent } from '../incident/event.ts';
import { best, foldMilestones, type Milestones } from '../incident/milestones.ts';
import type { Milestone } from '../incident/milestone.ts';

/** A moment that was corrected in review. Times are incident time; `recordedAt` is wall time. */
export interface MilestoneCorrection {
	seq: number;
	milestone: Milestone;
	from: number | null;
	to: number | null;
	reason: string;
	/** Participant id; null where it was no person. */
	by: string | null;
	recordedAt: number;
}

/** Moments from which the figures count, in the order in which they come about. */
export const FIGURE_MILESTONES = [
	'impactStarted',
	'alertFired',
	'acknowledged',
	'declared',
	'identified',
	'mitigated',
	'resolved'
] as const satisfies readonly Milestone[];

export const MILESTONE_NAMES: Record<(typeof FIGURE_MILESTONES)[number], string> = {
	impactStarted: 'Impact began',
	alertFired: 'First alert',
	acknowledged: 'Acknowledged',
	declared: 'Declared',
	identified: 'Cause identified',
	mitigated: 'Mitigated',
	resolved: 'Resolved'
};

/** Every correction with what stood there before, oldest first. `events` are those that the reader may see. */
export function milestoneCorrections(events: readonly IncidentEvent[]): MilestoneCorrection[] {
	return events.flatMap((event, index) => {
		if (event.type !== 'milestone.corrected') return [];
		const { milestone, at, reason } = event.payload;
		const before = foldMilestones(events.slice(0, index));
		return [
			{
				seq: event.seq,
				milestone,
				from: shown(before, milestone),
				to: at,
				reason,
				by: event.actor.kind === 'participant' ? event.actor.id : null,
				recordedAt: event.recordedAt
			}
		];
	});
}

/** A time as the post-mortem shows it: what people claimed, corrected or not; the truth where they said nothing. */
export function shown(milestones: Milestones, milestone: Milestone): number | null {
	return milestones.claimed[milestone]?.at ?? best(milestones, milestone)?.at ?? null;
}
