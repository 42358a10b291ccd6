// The incident over a socket: hello, commands, and everything that happens as this viewer may see it.

import type { Socket } from 'socket.io';
import { viewKey, type Viewer } from '../../incident/actor.ts';
import type { CommandBody } from '../../incident/command.ts';
import { parseCommand } from '../../incident/command.schema.ts';
import { refuse } from '../../incident/refusal.ts';
import { seatsOf } from '../../incident/seats.ts';
import type { Snapshot } from '../../protocol/messages.ts';
import { linksOf } from '../links.ts';
import { roomInfo } from '../projection/room-info.ts';
import { viewerOf } from '../runs/views.ts';
import type { Member } from './admit.ts';
import { Guard } from './guard.ts';
import { IncidentRooms } from './incident-room.ts';
import { catchUpSchema, commandMessageSchema, helloSchema } from './messages.schema.ts';

const RATE = { burst: 40, perSecond: 15 };

/** Answers one socket of the incident's namespace for as long as it is connected. */
export function serveIncident(socket: Socket, member: Member): void {
	const { muster, live, participantId } = member;
	const room = IncidentRooms.of(socket.nsp, muster).room(live);
	const guard = new Guard(socket, muster, RATE);
	const viewer = () => viewerOf(live.course.incident, participantId);

	room.enter(participantId);
	socket.on('disconnect', () => room.leave(socket.id, participantId));

	guard.on('hello', helloSchema, ({ lastViewSeq, viewKey: known }) => {
		if (live.phase.type === 'lost') return refuse('not_owner', 'Another server runs this incident now.');
		const current = viewer();
		// All of this happens in one turn: nothing can be published between the snapshot and the place in the room.
		const snapshot = snapshotFor(member, current, known === viewKey(current) ? lastViewSeq : 0);
		room.place(socket, current, () => snapshotFor(member, viewer(), 0));
		for (const notice of live.notices) socket.emit('notice', notice);
		return { ok: true, snapshot };
	});

	guard.on('command', commandMessageSchema, async ({ clientCommandId, body }) => {
		const parsed = parseCommand(body);
		if (!parsed.ok) {
			muster.metrics.malformed.inc({ namespace: socket.nsp.name });
			return parsed;
		}
		const person = live.people.find(participantId);
		if (!person) return refuse('forbidden', 'Muster does not know you in this incident. Join it again.');
		return live.command({ participantId, host: person.host }, clientCommandId, await ownWords(member, parsed.command));
	});

	guard.on('catchUp', catchUpSchema, ({ after, viewKey: known }) => {
		const current = viewer();
		if (known !== viewKey(current)) return refuse('wrong_state', 'What you may see has changed. Say hello again.');
		return { ok: true, events: live.views.of(current, live.events).events.slice(after) };
	});
}

/** What only Muster itself may say is made what people may, or said by it: what is published it reads for itself. */
async function ownWords({ muster, live }: Member, body: CommandBody): Promise<CommandBody> {
	if (body.type === 'pauseRun') return { ...body, cause: 'host' };
	if (body.type !== 'publishPostmortem') return body;
	if (live.course.incident.postmortem.state === 'none') return { type: 'publishPostmortem' };
	return { ...body, ...(await (await muster.postmortems.of(live)).seal()) };
}

/** Everything a browser needs, from `after` on where that continues what it has. */
function snapshotFor(member: Member, viewer: Viewer, after: number): Snapshot {
	const { muster, live, participantId, hostKey } = member;
	const view = live.views.of(viewer, live.events);
	const from = after <= view.events.length ? after : 0;
	const { incidentId, key, origin, createdAt, policy, joinKey } = live.stored;
	const person = live.people.find(participantId);
	return {
		header: { incidentId, key, origin, title: live.title, createdAt, policy },
		me: {
			participantId,
			name: person?.name ?? '',
			host: person?.host ?? false,
			seats: seatsOf(live.course.incident, participantId)
		},
		viewKey: view.key,
		from,
		events: view.events.slice(from),
		people: live.people.list(),
		clock: live.clockReading(),
		room: live.compiled && roomInfo(live.compiled, viewer.seats),
		links: linksOf(muster.config.origin ?? '', incidentId, { joinKey, hostKey })
	};
}
