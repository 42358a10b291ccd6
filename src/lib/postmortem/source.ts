/** What a draft reads: the log as far as its readers may know it. */
import type { IncidentEvent } from '../incident/event.ts';
import { foldAll } from '../incident/fold.ts';
import { best, foldMilestones, type Milestones, type MilestoneValue } from '../incident/milestones.ts';
import type { Milestone } from '../incident/milestone.ts';
import type { HypothesisState, IncidentState } from '../incident/state.ts';

export interface Source {
	/** Events that a reader may know, in the order of the log. */
	events: IncidentEvent[];
	state: IncidentState;
	milestones: Milestones;
	/** Whether findings that stand on the truth may be told: in an exercise once it is open, in a real incident always. */
	open: boolean;
	milestone(name: Milestone): MilestoneValue | null;
	/** First moment and last of the incident; null where there is none. */
	from: MilestoneValue | null;
	to: { at: number; simMs: number | null } | null;
	/** Wall time of the end, from which deadlines count; 0 for an empty log. */
	endedAt: number;
	/** The cause as people found it: the last confirmed hypothesis that stands. Never the hidden truth. */
	cause: HypothesisState | null;
}

export function readSource(log: readonly IncidentEvent[]): Source {
	const practice = log.some((event) => event.simMs !== null);
	const open = !practice || log.some((event) => event.type === 'truth.opened');
	// While the truth is closed a draft that everyone reads holds what everyone could see; private notes it never holds.
	const events = log.filter(({ audience: { kind } }) => (open ? kind !== 'facilitator' : kind === 'everyone'));
	const state = foldAll(practice ? 'practice' : 'real', events);
	const milestones = foldMilestones(events);
	const milestone = (name: Milestone): MilestoneValue | null => best(milestones, name);
	const ended = events.find((event) => event.type === 'run.ended');
	const to = milestones.claimed.resolved ?? (ended ? { at: ended.occurredAt, simMs: ended.simMs } : null);
	const last = milestones.claimed.resolved
		? events.find(({ seq }) => seq === milestones.claimed.resolved?.seq)
		: (ended ?? events.find(({ seq }) => seq === milestone('alertFired')?.seq));
	return {
		endedAt: last?.recordedAt ?? events.at(-1)?.recordedAt ?? 0,
		events,
		state,
		milestones,
		open,
		milestone,
		from: earlier(milestone('alertFired'), milestone('created')),
		to,
		cause: confirmedLast(state)
	};
}

function earlier(one: MilestoneValue | null, other: MilestoneValue | null): MilestoneValue | null {
	if (one === null || other === null) return one ?? other;
	return other.at < one.at ? other : one;
}

function confirmedLast(state: IncidentState): HypothesisState | null {
	const confirmed = state.hypotheses.filter(({ verdict }) => verdict?.kind === 'confirmed');
	return confirmed.reduce<HypothesisState | null>(
		(last, one) => (last === null || (one.verdict?.at ?? 0) >= (last.verdict?.at ?? 0) ? one : last),
		null
	);
}
