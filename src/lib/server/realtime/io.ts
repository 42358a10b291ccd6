// The one owner of the Socket.IO server: attached once per HTTP server, whoever started that.

import type { Server as HttpServer } from 'node:http';
import { Server, type Namespace, type Socket } from 'socket.io';
import { refuse } from '../../incident/refusal.ts';
import { INCIDENT_NAMESPACE, POSTMORTEM_NAMESPACE, TELEMETRY_NAMESPACE } from '../../protocol/messages.ts';
import { musterReady, type Muster } from '../muster.ts';
import { onEnding } from '../process.ts';
import { admit, roomOf, type Member } from './admit.ts';
import { serveIncident } from './incident-namespace.ts';
import { servePostmortem } from './postmortem-namespace.ts';
import { serveTelemetry } from './telemetry-namespace.ts';

const ATTACHED = Symbol.for('muster.io');

const slots = globalThis as typeof globalThis & { [ATTACHED]?: { http: HttpServer; io: Server } };

/** Larger messages close the connection before anything reads them. */
const MOST_BYTES = 256 * 1024;

/**
 * Attaches the sockets to this HTTP server and returns them. Safe to call again: the same HTTP server keeps its
 * Socket.IO server, and listeners left by an earlier version of this module (hot reload) are removed first. `ready` gives the
 * server side that answers: the one of this process unless given.
 */
export function attach(http: HttpServer, ready: () => Promise<Muster> = musterReady): Server {
	const known = slots[ATTACHED];
	const io = known?.http === http ? known.io : new Server(http, { serveClient: false, maxHttpBufferSize: MOST_BYTES });
	slots[ATTACHED] = { http, io };
	io.removeAllListeners('connection');
	serve(io.of(INCIDENT_NAMESPACE), serveIncident, ready);
	serve(io.of(TELEMETRY_NAMESPACE), serveTelemetry, ready);
	serve(io.of(POSTMORTEM_NAMESPACE), servePostmortem, ready);
	onEnding({ name: 'sockets', run: () => io.close() });
	return io;
}

const STARTING = refuse('unavailable', 'Muster is starting. Try again in a moment.');
const ADMISSION = Symbol.for('muster.admission');

/** A namespace keeps its middleware for ever, so it holds a reference to the present way of admitting. */
function serve(
	namespace: Namespace & { [ADMISSION]?: typeof admit },
	welcome: (socket: Socket, member: Member) => void,
	ready: () => Promise<Muster>
) {
	const first = !namespace[ADMISSION];
	namespace[ADMISSION] = admit;
	if (first) {
		namespace.use((socket, next) => {
			(namespace[ADMISSION] ?? admit)(socket, ready()).then(
				(member) => {
					if ('ok' in member) return next(Object.assign(new Error(member.message), { data: member }));
					socket.data = member;
					next();
				},
				// A browser takes an error without a code for one that Socket.IO mends by itself, and would wait for ever.
				() => next(Object.assign(new Error(STARTING.message), { data: STARTING }))
			);
		});
	}
	namespace.removeAllListeners('connection');
	namespace.on('connection', (socket) => {
		const member = socket.data as Member;
		const { muster, live } = member;
		void socket.join(roomOf(live.incidentId));
		muster.metrics.sockets.inc({ namespace: namespace.name });
		socket.on('disconnect', () => muster.metrics.sockets.dec({ namespace: namespace.name }));
		try {
			welcome(socket, member);
		} catch (error) {
			muster.log.error({ err: error }, 'a socket could not be welcomed');
			socket.disconnect(true);
		}
	});
}
