// The least that can be: rooms of sockets that get the same bytes so many times a second. Started by `broadcastCost`.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { WebSocketServer, type WebSocket } from 'ws';

type Asked = { id: number } & ({ type: 'cpu' } | { type: 'start'; perSecond: number; bytes: number });

const rooms = Number(process.env.BENCH_ROOMS);
const http = createServer();
let joined = 0;
const send = process.env.BENCH_LIBRARY === 'ws' ? sendByWs() : sendBySocketIo();
http.listen(0, '127.0.0.1', () => process.send?.({ id: 0, value: (http.address() as AddressInfo).port }));

process.on('message', (asked: Asked) => {
	if (asked.type === 'start') start(asked);
	const { user, system } = process.cpuUsage();
	process.send?.({ id: asked.id, value: (user + system) / 1000 });
});

/** Rooms take their turns, as real ones do, which were not begun at the same moment. */
function start({ perSecond, bytes }: { perSecond: number; bytes: number }): void {
	const frame = Buffer.alloc(Math.max(1, Math.round(bytes)), 7);
	for (let room = 0; room < rooms; room += 1) {
		setTimeout(() => setInterval(() => send(room, frame), 1000 / perSecond), (1000 * room) / rooms / perSecond);
	}
}

function sendByWs(): (room: number, frame: Buffer) => void {
	const members: WebSocket[][] = Array.from({ length: rooms }, () => []);
	new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', (socket) => {
		members[joined++ % rooms]?.push(socket);
	});
	return (room, frame) => {
		for (const socket of members[room] ?? []) socket.send(frame);
	};
}

function sendBySocketIo(): (room: number, frame: Buffer) => void {
	const io = new Server(http, { serveClient: false });
	io.on('connection', (socket) => void socket.join(`room ${joined++ % rooms}`));
	return (room, frame) => void io.to(`room ${room}`).volatile.emit('frame', frame);
}
