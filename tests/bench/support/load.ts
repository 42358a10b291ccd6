// A browser's sockets without a browser: says hello, opens panels, gives commands, counts what arrives.

import { randomUUID } from 'node:crypto';
import { Manager, type Socket } from 'socket.io-client';
import type { CommandBody } from '../../../src/lib/incident/command.ts';
import {
	INCIDENT_NAMESPACE,
	PROTOCOL_VERSION,
	TELEMETRY_NAMESPACE,
	type CommandAnswer,
	type Snapshot
} from '../../../src/lib/protocol/messages.ts';
import { sizeOf } from '../broadcast.ts';
import type { Member } from './room-client.ts';
import { wait } from './stats.ts';

/** As the dashboards ask for the last quarter of an hour. */
const WINDOW = { windowMs: 15 * 60_000, stepMs: 5_000 };

export interface Client {
	member: Member;
	manager: Manager;
	incident: Socket;
	telemetry: Socket;
	snapshot: Snapshot;
	command(body: CommandBody): Promise<CommandAnswer>;
	close(): void;
}

/** Two namespaces over one connection, as in a browser. */
export async function connectClient(url: string, member: Member): Promise<Client> {
	const auth = { protocol: PROTOCOL_VERSION, incidentId: member.incidentId, token: member.token };
	const manager = new Manager(url, { transports: ['websocket'], reconnection: false });
	const [incident, telemetry] = [
		manager.socket(INCIDENT_NAMESPACE, { auth }),
		manager.socket(TELEMETRY_NAMESPACE, { auth })
	];
	await Promise.all([connected(incident), connected(telemetry)]);
	const answer = (await incident.emitWithAck('hello', { lastViewSeq: 0, viewKey: null })) as
		{ ok: true; snapshot: Snapshot } | { ok: false; message: string };
	if (!answer.ok) throw new Error(answer.message);
	return {
		member,
		manager,
		incident,
		telemetry,
		snapshot: answer.snapshot,
		command: (body) => {
			const message = { clientCommandId: randomUUID(), body };
			return incident.emitWithAck('command', message) as Promise<CommandAnswer>;
		},
		close: () => manager._close()
	};
}

/** Opens the golden signals of all services, each query once. */
export async function openPanels({ snapshot, telemetry }: Client, window = WINDOW): Promise<number> {
	const golden = (snapshot.room?.panels ?? []).filter(({ group }) => group === 'golden');
	const queries = [...new Set(golden.map(({ query }) => query))].map((query) => ({ key: query, query }));
	const answer = (await telemetry.emitWithAck('open', { queries, ...window })) as { ok: boolean; message?: string };
	if (!answer.ok) throw new Error(answer.message);
	return queries.length;
}

export function connected(socket: Socket): Promise<void> {
	return new Promise((resolve, reject) => {
		if (socket.connected) return resolve();
		socket.once('connect', resolve);
		socket.once('connect_error', reject);
	});
}

/** Counts frames, and all bytes, that these clients receive until `stop`. */
export function meter(clients: readonly Client[]): { stop(): { messages: number; bytes: number; frameBytes: number } } {
	const count = { messages: 0, bytes: 0, frames: 0 };
	const stops = clients.map(({ manager, telemetry }) => {
		const onData = (data: string | ArrayBuffer) => {
			count.bytes += sizeOf(data);
		};
		const onFrame = (frame: ArrayBuffer) => {
			count.messages += 1;
			count.frames += frame.byteLength;
		};
		manager.engine.on('data', onData);
		telemetry.on('frame', onFrame);
		return () => {
			manager.engine.off('data', onData);
			telemetry.off('frame', onFrame);
		};
	});
	return {
		stop() {
			for (const stop of stops) stop();
			return { messages: count.messages, bytes: count.bytes, frameBytes: count.frames / Math.max(1, count.messages) };
		}
	};
}

/**
 * In every room one says something about every second, in turn. Milliseconds from saying it until it is acknowledged, and
 * until each of the others has it.
 */
export async function talk(
	clients: readonly Client[],
	people: number,
	ms: number
): Promise<{ acknowledgements: number[]; deliveries: number[] }> {
	const saidAt = new Map<string, number>();
	const [acknowledgements, deliveries]: [number[], number[]] = [[], []];
	for (const client of clients) {
		client.incident.on('events', ({ events }: { events: Snapshot['events'] }) => {
			for (const event of events) {
				const said = event.type === 'message.posted' ? saidAt.get(event.payload.text) : undefined;
				const own = event.actor.kind === 'participant' && event.actor.id === client.member.participantId;
				if (said !== undefined && !own) deliveries.push(performance.now() - said);
			}
		});
	}
	const rooms = Array.from({ length: clients.length / people }, (_, room) =>
		clients.slice(room * people, (room + 1) * people)
	);
	const until = performance.now() + ms;
	await Promise.all(
		rooms.map(async (members, room) => {
			await wait((1000 * room) / rooms.length);
			for (let turn = 0; performance.now() < until; turn += 1) {
				const text = `Room ${room}, turn ${turn}: errors are at 24 % and falling.`;
				const from = performance.now();
				saidAt.set(text, from);
				const answer = await members[turn % people]?.command({ type: 'postMessage', text });
				if (!answer?.ok) throw new Error(answer?.message ?? 'nobody there');
				acknowledgements.push(performance.now() - from);
				await wait(Math.max(0, 1000 - (performance.now() - from)));
			}
		})
	);
	await wait(300);
	return { acknowledgements, deliveries };
}
