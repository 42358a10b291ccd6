// Says afterwards of what kind an incident was: an event of its log like any other, so that nothing said before is lost.

import { EVERYONE, type Actor } from '../../incident/actor.ts';
import type { PayloadOf } from '../../incident/event.ts';
import { refuse, type Refusal } from '../../incident/refusal.ts';
import type { Asking } from '../api/export.ts';
import type { LiveIncident } from '../runs/live-incident.ts';

export async function classify(
	live: LiveIncident,
	payload: PayloadOf<'incident.classified'>,
	{ reader, admin }: Asking
): Promise<{ ok: true } | Refusal> {
	if (!admin && !reader?.host) {
		return refuse('forbidden', 'Only the host of this incident or the administrator may say what kind it was.');
	}
	const { lifecycle, lastAt } = live.course.incident;
	if (live.stored.origin === 'practice' && lifecycle !== 'ended') {
		return refuse('wrong_state', 'A run is classified when it has ended.');
	}
	const { simMs } = live.course;
	const actor: Actor = reader ? { kind: 'participant', id: reader.participantId } : { kind: 'system', name: 'muster' };
	const occurredAt = simMs === null ? (lastAt ?? live.stored.createdAt) : live.course.at(simMs);
	const stored = await live.record([
		{ type: 'incident.classified', payload, occurredAt, simMs, actor, audience: EVERYONE, causedBy: null }
	]);
	return stored ? { ok: true } : refuse('unavailable', 'It could not be stored. Try again in a moment.');
}
