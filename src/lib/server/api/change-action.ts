// An action's status, changed from outside the document: it goes through the document, so that both say the same.

import { refuse, type Refusal } from '../../incident/refusal.ts';
import type { ActionStatus } from '../../postmortem/document.ts';
import { itemOf } from '../../postmortem/shared.ts';
import type { Muster } from '../muster.ts';
import type { Reader } from '../pages/types.ts';
import type { LiveIncident } from '../runs/live-incident.ts';

/** Answered once the change stands in the document and in the log. */
export async function changeAction(
	{ postmortems }: Muster,
	live: LiveIncident,
	reader: Reader,
	actionItemId: string,
	status: ActionStatus
): Promise<{ actionItemId: string; status: ActionStatus } | Refusal> {
	if (reader.seats.includes('observer')) return refuse('forbidden', 'Observers read actions; responders change them.');
	if (live.course.incident.postmortem.state === 'none')
		return refuse('wrong_state', 'There is no post-mortem yet, and so no actions.');
	const shared = await postmortems.of(live);
	const { actionItems } = await shared.read();
	if (!actionItems.some(({ id }) => id === actionItemId))
		return refuse('unknown_id', 'That action is not in the post-mortem any more. Load the page again.');
	const edited = await shared.edit(reader.participantId, (doc) => {
		itemOf(doc, 'actionItems', actionItemId)?.set('status', status);
	});
	if (!edited.ok) return edited;
	await shared.actions.flush();
	return { actionItemId, status };
}
