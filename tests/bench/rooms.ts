// Fifty rooms at once: what a delivered message costs the server, beside the same bytes sent by nothing but a socket library.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { broadcastCost } from './broadcast.ts';
import type { Bench, Figure } from './support/figure.ts';
import { connectClient, meter, openPanels, talk, type Client } from './support/load.ts';
import { RoomServer } from './support/room-client.ts';
import { quantile, wait } from './support/stats.ts';

const RUNS = Number(process.env.BENCH_RUNS || 50);
const PEOPLE = 6;
const IDLE_MS = 4_000;
const ACTIVE_MS = 8_000;
const TALK_MS = 6_000;

const bench: Bench = {
	name: 'rooms',
	about: `${RUNS} runs of ${PEOPLE} browsers at speed 1, golden signals open`,
	async run() {
		const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'));
		const server = await RoomServer.start(join(folder, 'data'));
		try {
			const clients: Client[] = [];
			for (const members of await server.makeRuns(RUNS, PEOPLE)) {
				clients.push(...(await Promise.all(members.map((member) => connectClient(server.url, member)))));
			}
			const idle = await during(server, IDLE_MS, clients);
			for (const client of clients) await openPanels(client, { windowMs: 60_000, stepMs: 15_000 });
			const active = await during(server, ACTIVE_MS, clients);
			const heard = await talk(clients, PEOPLE, TALK_MS);

			const seconds = ACTIVE_MS / 1000;
			const perMessage = (active.cpuMs / active.ms - idle.cpuMs / idle.ms) * (active.ms / active.messages) * 1000;
			const traffic = {
				rooms: RUNS,
				people: PEOPLE,
				perSecond: active.messages / clients.length / seconds,
				bytes: active.frameBytes
			};
			const ws = await broadcastCost('ws', traffic);
			const socketIo = await broadcastCost('socket.io', traffic);
			const perClient = active.bytes / clients.length / seconds;
			const cost = (of: string, value: number): Figure['reference'] => ({ of, value });
			return [
				{
					what: `server CPU per delivered frame (${traffic.perSecond.toFixed(2)} per client and second)`,
					measured: perMessage,
					unit: 'µs',
					reference: cost('raw ws', ws.microsPerMessage),
					target: { of: 'ratio', most: 1.5 }
				},
				{
					what: 'the same',
					measured: perMessage,
					unit: 'µs',
					reference: cost('plain Socket.IO', socketIo.microsPerMessage),
					target: null
				},
				{
					what: 'bytes per client and second',
					measured: perClient,
					unit: 'B',
					reference: cost('raw ws', ws.bytesPerClientSecond),
					target: null
				},
				{
					what: 'the same',
					measured: perClient,
					unit: 'B',
					reference: cost('plain Socket.IO', socketIo.bytesPerClientSecond),
					target: null
				},
				{
					what: 'server CPU of the idle rooms',
					measured: (100 * idle.cpuMs) / idle.ms,
					unit: '% of a core',
					reference: null,
					target: null
				},
				{
					what: 'server CPU with panels open',
					measured: (100 * active.cpuMs) / active.ms,
					unit: '% of a core',
					reference: null,
					target: null
				},
				latency('delivery of what somebody says, p50', heard.deliveries, 0.5, null),
				latency('delivery of what somebody says, p99', heard.deliveries, 0.99, 50),
				latency('acknowledgement of a command, p50', heard.acknowledgements, 0.5, null),
				latency('acknowledgement of a command, p99', heard.acknowledgements, 0.99, 100)
			];
		} finally {
			await server.kill();
			rmSync(folder, { recursive: true, force: true });
		}
	}
};
export default bench;

/** What the server spends and the clients receive while time passes. */
async function during(server: RoomServer, ms: number, clients: readonly Client[]) {
	// The first answer after a garbage collection is not part of it.
	const before = await server.usage();
	const metered = meter(clients);
	const from = performance.now();
	await wait(ms);
	const passed = performance.now() - from;
	const { messages, bytes, frameBytes } = metered.stop();
	const after = await server.usage();
	return { cpuMs: after.cpuMs - before.cpuMs, ms: passed, messages, bytes, frameBytes };
}

function latency(what: string, values: readonly number[], q: number, most: number | null): Figure {
	return {
		what,
		measured: quantile(values, q),
		unit: 'ms',
		reference: null,
		target: most === null ? null : { of: 'measured', most }
	};
}
