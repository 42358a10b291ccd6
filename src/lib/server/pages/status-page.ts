// The public status page: what was published, and nothing else.

import type { LiveIncident } from '../runs/live-incident.ts';
import { findForPage, load } from './found.ts';
import type { StatusPage } from './types.ts';

export function loadStatusPage(incidentId: string): Promise<StatusPage> {
	return load(async () => statusOf((await findForPage(incidentId, null)).live));
}

export function statusOf(live: LiveIncident): StatusPage {
	const updates = live.course.incident.updates
		.filter(({ channel }) => channel === 'status_page')
		.map(({ at, state, impact, action, nextUpdateAt }) => ({ at, state, impact, action, nextUpdateAt }))
		.toReversed();
	return {
		incidentId: live.incidentId,
		title: live.title,
		exercise: live.stored.origin === 'practice',
		timeZone: live.compiled?.scenario.clock.zone ?? null,
		state: updates[0]?.state ?? null,
		updates
	};
}
