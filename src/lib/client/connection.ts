/**
 * The line to the server: says hello, keeps the events in order and without gaps, resends what was not answered.
 * What the messages mean is the room's affair (room.svelte.ts).
 */
import { io, type Socket } from 'socket.io-client';
import type { CommandBody } from '../incident/command.ts';
import type { ViewEvent } from '../incident/event.ts';
import type { Refusal } from '../incident/refusal.ts';
import {
	INCIDENT_NAMESPACE,
	PROTOCOL_VERSION,
	type CommandAnswer,
	type FacilitatorView,
	type HandshakeAuth,
	type IncidentClientToServer,
	type IncidentServerToClient,
	type ClockReading,
	type Person,
	type Snapshot
} from '../protocol/messages.ts';
import { newId, Outbox } from './outbox.ts';
import { readEvents, readSnapshot, type ViewPosition } from './view-log.ts';

export type NoticeMessage = Parameters<IncidentServerToClient['notice']>[0];

/** What a connection tells its room. `snapshot` says whether it replaces all events or continues them. */
export interface ConnectionListener {
	onSnapshot(snapshot: Snapshot, replaces: boolean): void;
	onEvents(events: ViewEvent[]): void;
	onClock(reading: ClockReading): void;
	onPeople(people: Person[]): void;
	onFacilitator(view: FacilitatorView): void;
	onNotice(notice: NoticeMessage): void;
	/** `line` is up when the snapshot has arrived, down from the moment the socket is lost. */
	onLine(up: boolean): void;
	/** The server will not have us: the token is unknown, the incident does not exist, the version is another. */
	onRefused(refusal: Refusal): void;
	onPending(commands: CommandBody[]): void;
}

type IncidentSocket = Socket<IncidentServerToClient, IncidentClientToServer>;

const HELLO_TIMEOUT_MS = 10_000;
const RETRY_MS = 1_500;

export class Connection {
	#socket: IncidentSocket;
	#listener: ConnectionListener;
	#position: ViewPosition = { viewKey: null, lastViewSeq: 0 };
	#outbox = new Outbox();
	#ready = false;
	#catchingUp = false;
	#closed = false;
	#buffer: { viewKey: string; events: ViewEvent[] }[] = [];
	#retry: ReturnType<typeof setTimeout> | undefined;

	constructor(incidentId: string, token: string, listener: ConnectionListener) {
		this.#listener = listener;
		this.#socket = io(INCIDENT_NAMESPACE, socketOptions({ protocol: PROTOCOL_VERSION, incidentId, token }));
		this.#socket.on('connect', () => this.#hello());
		this.#socket.on('disconnect', (reason) => this.#lost(reason));
		this.#socket.on('connect_error', (error) => this.#turnedAway(error));
		this.#socket.on('events', (message) => this.#receive(message));
		this.#socket.on('view', (snapshot) => this.#take(snapshot));
		this.#socket.on('clock', (reading) => listener.onClock(reading));
		this.#socket.on('people', (people) => listener.onPeople(people));
		this.#socket.on('facilitator', (view) => listener.onFacilitator(view));
		this.#socket.on('notice', (notice) => listener.onNotice(notice));
	}

	/** Resolves when the server has answered, however often the line is lost in between. */
	send(body: CommandBody): Promise<CommandAnswer> {
		return new Promise((resolve) => {
			const command = { clientCommandId: newId(), body, answer: resolve };
			this.#outbox.add(command);
			this.#announce();
			if (this.#ready) this.#emit(command.clientCommandId, body);
		});
	}

	close(): void {
		this.#closed = true;
		clearTimeout(this.#retry);
		this.#socket.disconnect();
	}

	#emit(clientCommandId: string, body: CommandBody): void {
		this.#socket.emit('command', { clientCommandId, body }, (answer) => {
			this.#outbox.settle(clientCommandId, answer);
			this.#announce();
		});
	}

	#hello(): void {
		const { viewKey, lastViewSeq } = this.#position;
		this.#socket.timeout(HELLO_TIMEOUT_MS).emit('hello', { viewKey, lastViewSeq }, (error, answer) => {
			if (this.#closed || !this.#socket.connected) return;
			if (error) return this.#again();
			if (answer.ok) return this.#take(answer.snapshot, true);
			if (answer.code === 'unavailable' || answer.code === 'not_owner') return this.#again();
			this.#listener.onRefused(answer);
		});
	}

	#again(): void {
		clearTimeout(this.#retry);
		this.#retry = setTimeout(() => this.#socket.connected && this.#hello(), RETRY_MS);
	}

	#take(snapshot: Snapshot, afterHello = false): void {
		const { replaces, position } = readSnapshot(this.#position, snapshot);
		// A continuation that does not start where we stand would leave a hole: ask for everything instead.
		if (replaces && snapshot.from !== 0) {
			this.#position = { viewKey: null, lastViewSeq: 0 };
			return this.#hello();
		}
		this.#position = position;
		this.#catchingUp = false;
		this.#listener.onSnapshot(snapshot, replaces);
		if (afterHello) {
			this.#ready = true;
			this.#listener.onLine(true);
			for (const { clientCommandId, body } of this.#outbox.all) this.#emit(clientCommandId, body);
		}
		this.#drain();
	}

	#receive(message: { viewKey: string; events: ViewEvent[] }): void {
		if (this.#catchingUp || !this.#ready) {
			this.#buffer.push(message);
			return;
		}
		const reading = readEvents(this.#position, message.viewKey, message.events);
		if (reading.kind === 'fresh') this.#append(reading.events);
		else if (reading.kind === 'gap') this.#catchUp(reading.after);
		// Of another view: the snapshot that goes with it is sent in order, before or after; nothing to do.
	}

	#append(events: ViewEvent[]): void {
		const last = events.at(-1);
		if (!last) return;
		this.#position = { ...this.#position, lastViewSeq: last.viewSeq };
		this.#listener.onEvents(events);
	}

	#catchUp(after: number): void {
		const { viewKey } = this.#position;
		if (viewKey === null) return;
		this.#catchingUp = true;
		this.#socket.timeout(HELLO_TIMEOUT_MS).emit('catchUp', { after, viewKey }, (error, answer) => {
			this.#catchingUp = false;
			if (this.#closed || !this.#socket.connected || viewKey !== this.#position.viewKey) return;
			const reading = error || !answer.ok ? null : readEvents(this.#position, viewKey, answer.events);
			if (reading?.kind === 'fresh') {
				this.#append(reading.events);
				return this.#drain();
			}
			this.#position = { viewKey: null, lastViewSeq: 0 };
			this.#hello();
		});
	}

	#drain(): void {
		const waiting = this.#buffer;
		this.#buffer = [];
		for (const message of waiting) this.#receive(message);
	}

	#lost(reason: string): void {
		this.#ready = false;
		this.#catchingUp = false;
		this.#buffer = [];
		this.#listener.onLine(false);
		// The server hung up on purpose (restart, another node): Socket.IO does not come back by itself then.
		if (reason === 'io server disconnect' && !this.#closed) {
			this.#retry = setTimeout(() => this.#socket.connect(), RETRY_MS);
		}
	}

	#turnedAway(error: Error): void {
		const refusal = refusalOf(error);
		if (!refusal) return;
		if (refusal.code === 'unavailable' || refusal.code === 'not_owner' || refusal.code === 'too_many') {
			this.#retry = setTimeout(() => this.#socket.connect(), RETRY_MS);
			return;
		}
		this.#listener.onRefused(refusal);
	}

	#announce(): void {
		this.#listener.onPending(this.#outbox.all.map(({ body }) => body));
	}
}

/** Options of every namespace's socket: they share one transport. */
export function socketOptions(auth: HandshakeAuth) {
	return {
		auth,
		transports: ['websocket', 'polling'],
		tryAllTransports: true,
		reconnectionDelay: 300,
		reconnectionDelayMax: 5_000,
		randomizationFactor: 0.5
	};
}

/** A middleware's refusal travels in `error.data`; a transport error carries none and Socket.IO retries by itself. */
export function refusalOf(error: Error & { data?: unknown }): Refusal | null {
	const data = error.data;
	if (typeof data !== 'object' || data === null || !('code' in data) || !('message' in data)) return null;
	return { ok: false, code: data.code as Refusal['code'], message: String(data.message) };
}
