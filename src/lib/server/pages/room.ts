// The room before anybody has joined.

import { cardOf } from '../scenarios/registry.ts';
import { findForPage, load } from './found.ts';
import type { CookieReader, RoomPage } from './types.ts';

/** Enough for the join form; what happens comes over the socket. */
export function loadRoom(incidentId: string, cookies: CookieReader): Promise<RoomPage> {
	return load(async () => {
		const { live, me, header, people } = await findForPage(incidentId, cookies);
		const admission = live.stored.joinKey === null ? 'open' : 'key';
		return {
			header,
			lifecycle: live.course.incident.lifecycle,
			scenario: live.compiled && cardOf(live.compiled),
			admission,
			me,
			// Who is in a real incident is for those who are in it.
			people: admission === 'open' || me ? people : []
		};
	});
}
