// The debrief: all that a reader may see of an incident, from which its page folds the rest.

import { isAdmin } from '../auth/admin.ts';
import { leads } from '../debrief/access.ts';
import { surveyAnswer } from '../debrief/survey.ts';
import { readWeights } from '../debrief/weights.ts';
import { muster } from '../muster.ts';
import { cardOf } from '../scenarios/registry.ts';
import { roomInfo } from '../projection/room-info.ts';
import { viewerOf } from '../runs/views.ts';
import { findForPage, load, requireInsider } from './found.ts';
import type { CookieReader, DebriefPage } from './types.ts';

export function loadDebrief(incidentId: string, cookies: CookieReader): Promise<DebriefPage> {
	return load(async () => {
		const found = await findForPage(incidentId, cookies);
		await requireInsider(found, cookies);
		const { live, me, header, people } = found;
		const admin = await isAdmin(cookies);
		const viewer = viewerOf(live.course.incident, me?.participantId ?? null);
		return {
			header,
			lifecycle: live.course.incident.lifecycle,
			scenario: live.compiled && cardOf(live.compiled),
			room: live.compiled && roomInfo(live.compiled, viewer.seats),
			me,
			people,
			truthOpen: viewer.truthOpen || viewer.seats.includes('facilitator'),
			events: [...live.views.of(viewer, live.events).events],
			weights: await readWeights(muster().storage),
			admin,
			leads: leads(me, admin),
			survey: surveyAnswer(live)
		};
	});
}
