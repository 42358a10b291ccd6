// Deleting a person's data: their name is replaced and their way in is closed. The log knows people by number and stays.

import type { IncidentId, ParticipantId } from '../../incident/ids.ts';
import type { Muster } from '../muster.ts';

/** What stands in a name's place. */
const REPLACEMENT = 'Former participant';

/** How many entries of that name were replaced, in all incidents. Capitals and spaces count as they were typed. */
export async function forgetByName(muster: Muster, name: string): Promise<number> {
	return rename(muster, await muster.storage.forgetName(name, REPLACEMENT));
}

/** The same for one participant of one incident, and where `everywhere` for everybody of that name. */
export async function forgetOne(
	muster: Muster,
	incidentId: IncidentId,
	participantId: ParticipantId,
	everywhere: boolean
): Promise<number> {
	return rename(muster, await muster.storage.forgetParticipant(incidentId, participantId, REPLACEMENT, everywhere));
}

function rename(muster: Muster, forgotten: { incidentId: IncidentId; participantId: ParticipantId }[]): number {
	for (const { incidentId, participantId } of forgotten) {
		const live = muster.hub.peek(incidentId);
		live?.people.rename(participantId, REPLACEMENT);
		live?.peopleChanged();
	}
	return forgotten.length;
}
