// The shared post-mortem over a socket: every update is stored before it is acknowledged and passed on.

import type { Socket } from 'socket.io';
import { refuse, type Refusal } from '../../incident/refusal.ts';
import { seatsOf } from '../../incident/seats.ts';
import { roomOf, type Member } from './admit.ts';
import { Guard } from './guard.ts';
import { awarenessSchema, documentUpdateSchema, emptySchema } from './messages.schema.ts';

/** Typing sends an update per letter. */
const RATE = { burst: 200, perSecond: 60 };

/** Answers one socket of the post-mortem's namespace for as long as it is connected. */
export function servePostmortem(socket: Socket, { muster, live, participantId }: Member): void {
	const guard = new Guard(socket, muster, RATE);

	const notYet = (): Refusal | null => {
		return live.course.incident.postmortem.state !== 'none'
			? null
			: refuse(
					'wrong_state',
					live.stored.origin === 'real'
						? 'The post-mortem is drafted when the incident is resolved.'
						: 'The post-mortem is drafted when the host opens the truth, so that it can tell what happened.'
				);
	};
	const mayWrite = (): Refusal | null => {
		const seats = seatsOf(live.course.incident, participantId);
		return seats.includes('observer')
			? refuse('forbidden', 'Observers read the post-mortem; responders write it.')
			: null;
	};

	guard.on('open', emptySchema, async () => {
		const refusal = notYet();
		if (refusal) return refusal;
		return { ok: true, update: await (await muster.postmortems.of(live)).whole() };
	});

	guard.on('update', documentUpdateSchema, async ({ update }) => {
		const refusal = notYet() ?? mayWrite();
		if (refusal) return refusal;
		const document = await muster.postmortems.of(live);
		const answer = await document.add(update, participantId);
		if (answer.ok) socket.to(roomOf(live.incidentId)).emit('update', { update });
		return answer;
	});

	guard.on('awareness', awarenessSchema, ({ update }) => {
		socket.to(roomOf(live.incidentId)).volatile.emit('awareness', { update });
		return undefined;
	});
}
