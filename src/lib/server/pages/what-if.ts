// The page of other futures.

import { seesTruth } from '../debrief/access.ts';
import { whatIfOffer } from '../debrief/what-ifs.ts';
import { refuse } from '../../incident/refusal.ts';
import { muster } from '../muster.ts';
import { roomInfo } from '../projection/room-info.ts';
import { viewerOf } from '../runs/views.ts';
import { fail, findForPage, load, requireInsider } from './found.ts';
import type { CookieReader, WhatIfPage } from './types.ts';

export function loadWhatIf(incidentId: string, cookies: CookieReader): Promise<WhatIfPage> {
	return load(async () => {
		const found = await findForPage(incidentId, cookies);
		await requireInsider(found, cookies);
		const { live, me, header } = found;
		const { incident } = live.course;
		if (incident.lifecycle !== 'ended')
			fail(refuse('wrong_state', 'Other futures are simulated when the run has ended.'));
		if (!seesTruth(live, me))
			fail(refuse('wrong_state', 'Other futures tell the truth: they open with it, in the debrief.'));
		const { seats } = viewerOf(incident, me?.participantId ?? null);
		return {
			header,
			me,
			room: live.compiled && roomInfo(live.compiled, seats),
			offer: await whatIfOffer(muster(), live),
			twins: live.events.flatMap((event) => (event.type === 'twin.computed' ? [event.payload] : []))
		};
	});
}
