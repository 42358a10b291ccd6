// The first update of a shared post-mortem: drafted from the log as far as its readers may know it.

import { draftPostmortem, type Finding } from '../../postmortem/index.ts';
import { draftUpdate } from '../../postmortem/shared.ts';
import { scorecard } from '../../scoring/index.ts';
import type { LiveIncident } from './live-incident.ts';

/** What a draft is made of: an incident in memory, or one read from the database. */
export type Draftable = Pick<LiveIncident, 'stored' | 'events' | 'compiled' | 'title'>;

/** The same log gives the same bytes. */
export function firstUpdate(live: Draftable): Uint8Array {
	const { stored, events, compiled, title } = live;
	const draft = draftPostmortem(events, {
		key: stored.key,
		policy: stored.policy,
		timeZone: compiled?.scenario.clock.zone ?? null,
		findings: findingsOf(live)
	});
	return draftUpdate({ ...draft, title: draft.title === '' ? title : draft.title });
}

function findingsOf({ stored, events }: Draftable): Finding[] {
	return scorecard(events, stored.policy).dimensions.map(({ id, measured, rating, applicable }) => ({
		id,
		measured,
		rating,
		applicable
	}));
}
