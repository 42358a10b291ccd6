// Ten thousand messages that no browser of ours would send. The seed is fixed; the number of a message that does harm is enough
// to find it again.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Socket } from 'socket.io-client';
import { INCIDENT_NAMESPACE, POSTMORTEM_NAMESPACE, TELEMETRY_NAMESPACE } from '../../src/lib/protocol/messages.ts';
import { type PracticeCourse } from '../../src/lib/server/runs/practice-course.ts';
import { shippedScenario } from '../support/scenarios.ts';
import { connected, openSocket, openTestMuster, TestPerson, until, type TestMuster } from '../support/test-muster.ts';
import { Wire } from '../support/wire.ts';

const COUNT = 10_000;
const SEED = 20_260_310;

/** mulberry32: a generator of numbers in [0, 1) that is the same everywhere. */
function generator(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

const random = generator(SEED);
const below = (limit: number) => Math.floor(random() * limit);
const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;

const STRINGS = [
	'',
	' ',
	'\0',
	'\ud800',
	'__proto__',
	'constructor',
	"'; drop table incident; --",
	'<script>alert(1)</script>',
	'../../etc/passwd',
	'p1',
	'a1',
	'closed:',
	'open:facilitator',
	'x'.repeat(20_000),
	'{{metric core-api.errors}}',
	'sum(rate(x[1m]',
	'sum by (pod) (rate(http_requests_total[5m]))',
	'\u202e\u0000💥'
];
const NUMBERS = [0, -1, 1.5, 1e308, -1e308, NaN, Infinity, 2 ** 53, 8.64e15 + 1];

/** Any value, a little nested. */
function junk(depth = 0): unknown {
	const kind = below(depth > 3 ? 6 : 10);
	if (kind < 2) return pick(STRINGS);
	if (kind === 2) return pick(NUMBERS);
	if (kind === 3) return pick([null, true, false, undefined]);
	if (kind === 4) return Uint8Array.from({ length: below(40) }, () => below(256));
	if (kind === 5) return [];
	if (kind === 6) return Array.from({ length: below(6) }, () => junk(depth + 1));
	if (kind === 7 && depth === 0) return deep(2_000);
	return Object.fromEntries(Array.from({ length: below(6) }, () => [pick([...STRINGS, ...FIELDS]), junk(depth + 1)]));
}

function deep(levels: number): unknown {
	let value: unknown = 1;
	for (let i = 0; i < levels; i++) value = [value];
	return value;
}

const FIELDS = [
	'type',
	'body',
	'text',
	'clientCommandId',
	'role',
	'at',
	'said',
	'queries',
	'query',
	'update',
	'after',
	'viewKey'
];
const COMMANDS = [
	'beginRun',
	'endRun',
	'openTruth',
	'join',
	'leave',
	'takeRole',
	'postMessage',
	'declareIncident',
	'applyMitigation',
	'runConsole',
	'fireInject',
	'giveHint',
	'setSpeed',
	'pauseRun',
	'pinEvidence',
	'recordImpact',
	'nothingOfTheKind'
];
const EVENTS: Record<string, readonly string[]> = {
	[INCIDENT_NAMESPACE]: [
		'hello',
		'command',
		'command',
		'command',
		'catchUp',
		'view',
		'events',
		'toString',
		'__proto__',
		''
	],
	[TELEMETRY_NAMESPACE]: ['open', 'range', 'logs', 'health', 'names', 'frame', 'valueOf'],
	[POSTMORTEM_NAMESPACE]: ['open', 'update', 'awareness', 'hasOwnProperty']
};

/** What a message carries: junk, or nearly a command with something in it that may not be there. */
function payload(event: string): unknown[] {
	if (event === 'command' && random() < 0.7) {
		const body = { type: pick(COMMANDS), [pick(FIELDS.slice(2))]: junk(1), notAField: junk(1) };
		return [{ clientCommandId: random() < 0.8 ? `c${below(1e9)}` : junk(1), body }];
	}
	if (event === 'update') return [{ update: Uint8Array.from({ length: below(200) }, () => below(256)) }];
	return Array.from({ length: below(4) }, () => junk());
}

/** Text that is no packet, or nearly one. */
function rawPacket(): string | Uint8Array {
	const kind = below(6);
	if (kind === 0) return Uint8Array.from({ length: below(64) }, () => below(256));
	if (kind === 1) return `42${INCIDENT_NAMESPACE},["command",{"clientCommandId":"x","body":`;
	if (kind === 2) return `451-${INCIDENT_NAMESPACE},["update",{"_placeholder":true,"num":${pick([5, -1, 1e9])}}]`;
	if (kind === 3)
		return `4${below(10)}${pick(['/', '/nowhere', '/incident', '/admin'])},${JSON.stringify(junk(3) ?? null)}`;
	if (kind === 4) return String(below(100));
	return pick(STRINGS);
}

let test: TestMuster;
beforeAll(async () => {
	test = await openTestMuster({ compiled: [shippedScenario('high-error-rate-bad-deploy')] });
});
afterAll(() => test.close());

it(`${COUNT} malformed messages crash nothing, change nothing and learn nothing`, { timeout: 120_000 }, async () => {
	const started = await test.start();
	const host = await TestPerson.enter(test.url, started);
	await host.must({ type: 'beginRun' });
	const visitor = await test.join(started.incidentId, { name: 'Visitor', as: 'observer' });
	const live = await test.live(started.incidentId);
	const course = live.course as PracticeCourse;
	const hash = () => course.engine.hash(course.state);
	const before = { hash: hash(), ...live.position, people: live.people.here };
	const wire = new Wire();
	const accepted: string[] = [];

	const sockets = new Map<string, Socket>();
	const socketOf = async (namespace: string): Promise<Socket> => {
		const open = sockets.get(namespace);
		if (open?.connected) return open;
		const socket = openSocket(test.url, namespace, visitor);
		wire.listen(socket);
		await connected(socket);
		sockets.set(namespace, socket);
		return socket;
	};
	let raw: WebSocket | null = null;
	const rawSocket = async (): Promise<WebSocket> => {
		if (raw?.readyState === WebSocket.OPEN) return raw;
		const fresh = new WebSocket(`${test.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
		fresh.on('error', () => undefined);
		fresh.on('message', (data: Buffer) => wire.packets.push(data.toString('latin1')));
		await new Promise((resolve) => fresh.once('open', resolve));
		raw = fresh;
		return fresh;
	};

	for (let number = 0; number < COUNT; number++) {
		if (random() < 0.1) {
			(await rawSocket()).send(rawPacket());
		} else {
			const namespace = pick(Object.keys(EVENTS));
			const socket = await socketOf(namespace);
			const event = pick(EVENTS[namespace] ?? []);
			const given = payload(event);
			socket.emit(event, ...given, (answer: { ok?: boolean }) => {
				if (event === 'command' && answer.ok) accepted.push(`${number}: ${JSON.stringify(given).slice(0, 200)}`);
			});
		}
		// The others are served meanwhile.
		if (number % 500 === 0) {
			expect(await host.command({ type: 'setSpeed', speed: 1 })).toMatchObject({ ok: false, code: 'wrong_state' });
		}
	}
	await host.hello();
	expect(accepted).toEqual([]);
	expect({ hash: hash(), ...live.position }).toEqual({ hash: before.hash, seq: before.seq, n: before.n });

	for (const socket of sockets.values()) socket.disconnect();
	(raw as WebSocket | null)?.close();
	await until('nobody is left', () => live.people.here === before.people);
	const { metrics } = test.muster;
	const counts = await Promise.all([metrics.malformed.get(), metrics.faults.get()]);
	const [malformed, faults] = counts.map(({ values }) => values.reduce((sum, { value }) => sum + value, 0));
	expect(malformed).toBeGreaterThan(COUNT / 2);
	expect(faults).toBe(0);
	expect(wire.text).not.toMatch(/node_modules|\.ts:\d+|ZodError|at Object\.|core-api 4\.18\.0 renames/);
});
