// The handshake of every namespace: who is this, and in which incident?

import type { Namespace, Socket } from 'socket.io';
import { refuse, type Refusal } from '../../incident/refusal.ts';
import { PROTOCOL_VERSION } from '../../protocol/messages.ts';
import type { Muster } from '../muster.ts';
import type { LiveIncident } from '../runs/live-incident.ts';
import { hostKeyOf } from '../runs/admission.ts';
import { handshakeSchema } from './messages.schema.ts';

/** What a socket is known by once it was let in. */
export interface Member {
	muster: Muster;
	live: LiveIncident;
	participantId: string;
	/** Carried by a host's token; nowhere stored. */
	hostKey: string | null;
}

/** Sockets per incident and namespace; a room of people with a few tabs each is far below. */
const MOST_SOCKETS = 400;

/** Lets a socket in, or gives the refusal. `ready` resolves once the server side is up. */
export async function admit(socket: Socket, ready: Promise<Muster>): Promise<Member | Refusal> {
	const auth = handshakeSchema.safeParse(socket.handshake.auth);
	if (!auth.success) return refuse('malformed', 'The connection does not say which incident it is for.');
	const { protocol, incidentId, token } = auth.data;
	if (protocol !== PROTOCOL_VERSION) {
		return refuse('wrong_state', 'This page is of another version of Muster. Load it again.');
	}
	const muster = await ready;
	const found = await muster.hub.find(incidentId);
	if (!found.ok) return found;
	const person = found.live.people.byToken(token);
	if (!person) return refuse('forbidden', 'Muster does not know you in this incident. Join it again.');
	if (socketsIn(socket.nsp, incidentId) >= MOST_SOCKETS) {
		return refuse('too_many', 'Too many connections to this incident. Close other tabs, then try again.');
	}
	return { muster, live: found.live, participantId: person.participantId, hostKey: hostKeyOf(token) };
}

/** Name of the room that holds all sockets of an incident. */
export function roomOf(incidentId: string): string {
	return `incident ${incidentId}`;
}

function socketsIn(namespace: Namespace, incidentId: string): number {
	return namespace.adapter.rooms.get(roomOf(incidentId))?.size ?? 0;
}
