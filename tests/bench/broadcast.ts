// The same traffic by nothing but a socket library: the server of `support/broadcast-server.ts`, and clients that only count.

import { io, type Socket } from 'socket.io-client';
import { WebSocket } from 'ws';
import { AskedProcess } from './support/room-client.ts';
import { wait } from './support/stats.ts';

export interface Traffic {
	rooms: number;
	people: number;
	/** Messages per client and second. */
	perSecond: number;
	/** Size of one. */
	bytes: number;
}

const IDLE_MS = 2_000;
const ACTIVE_MS = 6_000;

/** CPU microseconds of the server per delivered message, idle clients' cost taken off, and what each client received. */
export async function broadcastCost(
	library: 'ws' | 'socket.io',
	traffic: Traffic
): Promise<{ microsPerMessage: number; bytesPerClientSecond: number }> {
	const server = new AskedProcess('./broadcast-server.ts', {
		BENCH_LIBRARY: library,
		BENCH_ROOMS: String(traffic.rooms)
	});
	const port = Number(await server.first());
	const count = { messages: 0, bytes: 0 };
	const close = await (library === 'ws' ? openWs : openSocketIo)(port, traffic.rooms * traffic.people, (bytes) => {
		count.messages += 1;
		count.bytes += bytes;
	});
	try {
		const cpu = async () => Number(await server.ask({ type: 'cpu' }));
		const spent = async (ms: number) => {
			const [before, from] = [await cpu(), performance.now()];
			await wait(ms);
			return ((await cpu()) - before) / (performance.now() - from);
		};
		await wait(500);
		const idle = await spent(IDLE_MS);
		await server.ask({ type: 'start', perSecond: traffic.perSecond, bytes: traffic.bytes });
		await wait(1_000);
		Object.assign(count, { messages: 0, bytes: 0 });
		const active = await spent(ACTIVE_MS);
		const { messages, bytes } = count;
		return {
			microsPerMessage: ((active - idle) * ACTIVE_MS * 1000) / messages,
			bytesPerClientSecond: bytes / (traffic.rooms * traffic.people) / (ACTIVE_MS / 1000)
		};
	} finally {
		close();
		await server.kill();
	}
}

type Open = (port: number, clients: number, heard: (bytes: number) => void) => Promise<() => void>;

const openWs: Open = async (port, clients, heard) => {
	const sockets = await Promise.all(
		Array.from({ length: clients }, async () => {
			const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
			await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
			// Two bytes of a frame's head, four where it is longer than 125.
			socket.on('message', (data: Buffer) => heard(data.length + (data.length > 125 ? 4 : 2)));
			return socket;
		})
	);
	return () => sockets.forEach((socket) => socket.terminate());
};

const openSocketIo: Open = async (port, clients, heard) => {
	const sockets: Socket[] = await Promise.all(
		Array.from({ length: clients }, async () => {
			const socket = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true, reconnection: false });
			await new Promise((resolve, reject) => {
				socket.once('connect', () => resolve(undefined));
				socket.once('connect_error', reject);
			});
			let bytes = 0;
			socket.io.engine.on('data', (data: string | ArrayBuffer) => (bytes += sizeOf(data)));
			socket.on('frame', () => {
				heard(bytes);
				bytes = 0;
			});
			return socket;
		})
	);
	return () => sockets.forEach((socket) => socket.disconnect());
};

/** Bytes on the wire of one message, with the head of its WebSocket frame. */
export function sizeOf(data: string | ArrayBuffer | Uint8Array): number {
	const bytes = typeof data === 'string' ? Buffer.byteLength(data) + 1 : data.byteLength;
	return bytes + (bytes > 125 ? 4 : 2);
}
