// Who may look back at what, and when. The rules of every page and request of the debrief stand here.

import { refuse, type Refusal } from '../../incident/refusal.ts';
import { answersOpen } from '../../incident/decide/debrief.ts';
import type { Reader } from '../pages/types.ts';
import type { LiveIncident } from '../runs/live-incident.ts';

/** Whether what was hidden is open to this reader. */
export function seesTruth(live: LiveIncident, reader: Reader | null): boolean {
	const { incident } = live.course;
	return live.stored.origin === 'real' || incident.truthOpen || (reader?.seats.includes('facilitator') ?? false);
}

/**
 * The replay and its bookmarks come after the three answers: nobody's answer should be made of what somebody else has shown.
 * Before the truth is open they are for those who were there.
 */
export function mayLookBack(live: LiveIncident, reader: Reader | null): Refusal | null {
	const { incident } = live.course;
	if (seesTruth(live, reader)) return null;
	if (incident.lifecycle !== 'ended') return refuse('wrong_state', 'The replay opens when the run has ended.');
	if (reader === null) return refuse('forbidden', 'Before the truth is open the replay is for those who were there.');
	return answersOpen(incident)
		? null
		: refuse('wrong_state', 'The three answers come first: the replay opens when they are opened.');
}

/** Whoever leads: the host, a facilitator, the administrator. */
export function leads(reader: Reader | null, admin: boolean): boolean {
	return admin || reader?.host === true || (reader?.seats.includes('facilitator') ?? false);
}
