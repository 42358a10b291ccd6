// The shared post-mortem over a socket: every update is stored before it is acknowledged and passed on.

import type { Socket } from 'socket.io';
import type { IncidentEvent } from '../../incident/event.ts';
import { refuse, type Refusal } from '../../incident/refusal.ts';
import { seatsOf } from '../../incident/seats.ts';
import { restoreTo } from '../../postmortem/shared-edit.ts';
import { historyOf, versionOf } from '../runs/postmortem-history.ts';
import { roomOf, type Member } from './admit.ts';
import { Guard } from './guard.ts';
import { awarenessSchema, documentUpdateSchema, emptySchema, versionSchema } from './messages.schema.ts';

/** Typing sends an update per letter. */
const RATE = { burst: 200, perSecond: 60 };
const NO_VERSION = refuse('unknown_id', 'There is no such version. Look at the history again.');

/** Answers one socket of the post-mortem's namespace for as long as it is connected. */
export function servePostmortem(socket: Socket, { muster, live, participantId }: Member): void {
	const guard = new Guard(socket, muster, RATE);
	const room = roomOf(live.incidentId);

	// Whoever writes here is there: an incident that leaves memory would leave its document with two owners.
	live.people.connected(participantId);
	live.peopleChanged();
	const unwatch = muster.hub.watch({
		events: (of, events) => {
			if (of === live && events.some(concernsReview)) socket.emit('changed', {});
		},
		lost: (of) => {
			if (of === live) socket.disconnect();
		}
	});
	const unhear = muster.postmortems.onEdit((of, update) => {
		if (of === live) socket.emit('update', { update });
	});
	socket.on('disconnect', () => {
		unwatch();
		unhear();
		live.people.disconnected(participantId);
		live.peopleChanged();
	});

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
		if (!answer.ok) return answer;
		socket.to(room).emit('update', { update });
		if (answer.correction) socket.to(room).emit('update', { update: answer.correction });
		return answer;
	});

	guard.on('history', emptySchema, async () => {
		return notYet() ?? { ok: true, ...(await historyOf(muster.storage, live)) };
	});

	guard.on('version', versionSchema, async ({ n }) => {
		const refusal = notYet();
		if (refusal) return refusal;
		const version = await versionOf(muster.storage, live, n);
		return version ? { ok: true, update: version.update } : NO_VERSION;
	});

	guard.on('restore', versionSchema, async ({ n }) => {
		const refusal = notYet() ?? mayWrite();
		if (refusal) return refusal;
		const version = await versionOf(muster.storage, live, n);
		if (!version) return NO_VERSION;
		const shared = await muster.postmortems.of(live);
		const answer = await shared.edit(participantId, (doc) => restoreTo(doc, version.document));
		return answer.ok ? { ok: true } : answer;
	});

	guard.on('awareness', awarenessSchema, ({ update }) => {
		socket.to(room).volatile.emit('awareness', { update });
		return undefined;
	});
}

function concernsReview({ type }: IncidentEvent): boolean {
	return type.startsWith('postmortem.') || type.startsWith('action_item.') || type === 'milestone.corrected';
}
