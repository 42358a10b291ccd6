// What stands under a post-mortem's title in print, and which of its times were corrected.

import type { IncidentEvent } from '../../incident/event.ts';
import { clockWords } from '../../postmortem/clock-words.ts';
import { MILESTONE_NAMES, milestoneCorrections } from '../../postmortem/milestone-corrections.ts';
import type { LiveIncident } from './live-incident.ts';

type Told = Pick<LiveIncident, 'course' | 'events' | 'compiled'>;

/** `Draft`, `In review`, `Published 2026-03-01, revision 2`. */
export function standingOf({ course, events }: Pick<LiveIncident, 'course' | 'events'>): string {
	const { state, revision = 1, published } = course.incident.postmortem;
	const last = events.findLast((event) => event.type === 'postmortem.published');
	const was = last && published ? `published ${isoDate(last.recordedAt)}, revision ${published.revision}` : '';
	if (state === 'published') return was.charAt(0).toUpperCase() + was.slice(1);
	const now = state === 'review' ? 'In review' : 'Draft';
	return was === '' ? now : `${now} of revision ${revision}; ${was}`;
}

/** Every corrected moment in one line: what, from when, to when, why. */
export function correctionWords({ course, events, compiled }: Told): string[] {
	const clock = clockWords(compiled?.scenario.clock.zone ?? null);
	const time = (at: number | null): string => (at === null ? 'not recorded' : clock.time(at));
	return milestoneCorrections(readable(course.incident.truthOpen, events)).map(
		({ milestone, from, to, reason }) =>
			`${MILESTONE_NAMES[milestone as keyof typeof MILESTONE_NAMES] ?? milestone}: ${time(from)} → ${time(to)} (${reason})`
	);
}

/** Events that a reader of the post-mortem may know: never private notes, the truth once it is open. */
export function readable(truthOpen: boolean, events: readonly IncidentEvent[]): IncidentEvent[] {
	const practice = events.some(({ simMs }) => simMs !== null);
	const open = truthOpen || !practice;
	return events.filter(({ audience: { kind } }) => (open ? kind !== 'facilitator' : kind === 'everyone'));
}

function isoDate(at: number): string {
	return new Date(at).toISOString().slice(0, 10);
}
