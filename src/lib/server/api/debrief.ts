// The debrief for machines: what its page folds, as JSON.

import { maySee } from '../../incident/actor.ts';
import { foldMilestones } from '../../incident/milestones.ts';
import { refuse, type Refusal } from '../../incident/refusal.ts';
import { timeline } from '../../incident/timeline.ts';
import { scorecard, weighted, type Weights } from '../../scoring/index.ts';
import type { Reader } from '../pages/types.ts';
import type { LiveIncident } from '../runs/live-incident.ts';
import { viewerOf } from '../runs/views.ts';

/** Scores and truth are null until the truth is open to whoever asks. */
export function debriefOf(live: LiveIncident, reader: Reader | null, weights: Weights | null): object | Refusal {
	const { incident } = live.course;
	if (incident.lifecycle !== 'ended' && live.stored.origin === 'practice') {
		return refuse('wrong_state', 'The debrief opens when the run has ended.');
	}
	const viewer = viewerOf(incident, reader?.participantId ?? null);
	const open = live.stored.origin === 'real' || viewer.truthOpen || viewer.seats.includes('facilitator');
	const events = live.events.filter(({ audience }) => maySee(audience, viewer));
	const truth = events.find((event) => event.type === 'truth.recorded');
	return {
		incidentId: live.incidentId,
		key: live.stored.key,
		origin: live.stored.origin,
		title: live.title,
		truthOpen: open,
		milestones: foldMilestones(events),
		timeline: timeline(events),
		scorecard: open ? scorecard(events, live.stored.policy, weighted(weights)) : null,
		truth: truth?.type === 'truth.recorded' ? truth.payload.truth : null
	};
}
