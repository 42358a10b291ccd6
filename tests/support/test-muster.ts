// The server side inside a test: real sockets on a free port, an embedded database in memory, and time in the test's hand.

import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { createEngine } from '../../src/lib/engine/index.ts';
import { computeTwins } from '../../src/lib/lab/twins.ts';
import type { CommandBody } from '../../src/lib/incident/command.ts';
import type { CompiledScenario } from '../../src/lib/scenario/library.ts';
import { variantOffers } from '../../src/lib/scenario/variants.ts';
import { DEFAULT_SEVERITY_POLICY } from '../../src/lib/incident/severity.ts';
import type {
	CommandAnswer,
	HandshakeAuth,
	IncidentClientToServer,
	IncidentServerToClient,
	JoinRequest,
	Snapshot,
	StartRunRequest
} from '../../src/lib/protocol/messages.ts';
import { INCIDENT_NAMESPACE, PROTOCOL_VERSION } from '../../src/lib/protocol/messages.ts';
import { readConfig } from '../../src/lib/server/config.ts';
import type { Database } from '../../src/lib/server/db/database.ts';
import { migrate } from '../../src/lib/server/db/migrate.ts';
import { openPglite } from '../../src/lib/server/db/open.ts';
import { createMuster, type Muster, type StartOptions } from '../../src/lib/server/muster.ts';
import { attach } from '../../src/lib/server/realtime/io.ts';
import { join as joinIncident, startRun } from '../../src/lib/server/runs/admission.ts';
import type { LiveIncident } from '../../src/lib/server/runs/live-incident.ts';
import { cardOf, type ScenarioRegistry } from '../../src/lib/server/scenarios/registry.ts';

export type IncidentSocket = Socket<IncidentServerToClient, IncidentClientToServer>;

export interface TestMuster {
	muster: Muster;
	url: string;
	database: Database;
	/** Lets wall time pass, in steps of a quarter of a second, and waits until everything is stored. */
	pass(seconds: number): Promise<void>;
	start(request?: Partial<StartRunRequest>): Promise<Started>;
	join(incidentId: string, request: JoinRequest): Promise<Joined>;
	live(incidentId: string): Promise<LiveIncident>;
	close(): Promise<void>;
}
export interface Joined {
	incidentId: string;
	participantId: string;
	token: string;
}
export interface Started extends Joined {
	hostKey: string;
}

/**
 * Opens an empty migrated database in memory. Making one from nothing takes seconds, so the first is kept as a template beside
 * the installed packages, under a name that says what it was made of.
 */
export async function memoryDatabase(): Promise<Database> {
	const template = join(process.cwd(), 'node_modules/.cache/muster', `database-${await contentsOf('drizzle')}.tar`);
	if (existsSync(template)) return openPglite('memory://', new Blob([readFileSync(template)]));
	const database = await openPglite('memory://');
	await migrate(database, process.cwd());
	const dump = await database.dump?.();
	if (dump) {
		mkdirSync(dirname(template), { recursive: true });
		const draft = `${template}.${process.pid}`;
		writeFileSync(draft, new Uint8Array(await dump.arrayBuffer()));
		renameSync(draft, template);
	}
	return database;
}

/** Fingerprint of the migrations and of the database's program. */
async function contentsOf(folder: string): Promise<string> {
	const hash = createHash('sha256');
	for (const file of readdirSync(folder).sort()) {
		if (file.endsWith('.sql')) hash.update(readFileSync(join(folder, file)));
	}
	const lockFile = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
		packages: Record<string, { version?: string }>;
	};
	hash.update(lockFile.packages['node_modules/@electric-sql/pglite']?.version ?? '');
	return hash.digest('hex').slice(0, 16);
}

export interface TestOptions extends Partial<StartOptions> {
	/** One to go on with, as after a restart. */
	database?: Database;
	/** Compiled scenarios; the first is started unless another is asked for. */
	compiled: CompiledScenario[];
}

export async function openTestMuster({ database, compiled, ...options }: TestOptions): Promise<TestMuster> {
	let wallMs = 0;
	const opened = database ?? (await memoryDatabase());
	const muster = await createMuster(readConfig({ LOG_LEVEL: process.env.LOG_LEVEL || 'silent' }), {
		announceSecret: () => undefined,
		opened: { database: opened, lock: null },
		scenarios: registryOf(compiled),
		time: { now: () => Date.UTC(2026, 0, 1) + wallMs, monotonic: () => wallMs },
		limits: { rate: 1000, malformed: Infinity },
		twins: ({ compiled, run }) => Promise.resolve(computeTwins(createEngine(compiled, run.seed), run)),
		...options
	});
	const http = createServer();
	const sockets = attach(http, () => Promise.resolve(muster));
	await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
	const address = http.address();
	const live = async (incidentId: string) => {
		const found = await muster.hub.find(incidentId);
		if (!found.ok) throw new Error(found.message);
		return found.live;
	};
	return {
		muster,
		url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
		database: opened,
		live,
		pass: async (seconds) => {
			for (let quarter = 0; quarter < seconds * 4; quarter++) {
				wallMs += 250;
				muster.hub.tick();
				await Promise.all(muster.hub.all.map((one) => one.settle()));
			}
		},
		start: async (request = {}) => {
			const wanted = { scenario: compiled[0]?.scenario.id ?? '', seed: 'test', name: 'Host', ...request };
			const answer = await startRun(muster.hub, muster.scenarios, DEFAULT_SEVERITY_POLICY, wanted);
			if (!answer.ok) throw new Error(answer.message);
			return answer.started;
		},
		join: async (incidentId, request) => {
			const answer = await joinIncident(await live(incidentId), muster.hub, request);
			if (!answer.ok) throw new Error(answer.message);
			return { incidentId, ...answer.joined };
		},
		close: async () => {
			await sockets.close();
			await muster.close();
		}
	};
}

function registryOf(compiled: CompiledScenario[]): ScenarioRegistry {
	return {
		cards: compiled.map((one) => cardOf(one)),
		broken: [],
		reference: () => null,
		variants: (id) => compiled.filter(({ scenario }) => scenario.id === id).flatMap(variantOffers),
		find: (id) => compiled.find(({ scenario }) => scenario.id === id) ?? null
	};
}

/** Opens a socket of a namespace; nothing is said yet. */
export function openSocket(url: string, namespace: string, { incidentId, token }: Joined): Socket {
	const auth: HandshakeAuth = { protocol: PROTOCOL_VERSION, incidentId, token };
	return io(url + namespace, { auth, transports: ['websocket'], forceNew: true, reconnection: false });
}

/** A member in the room: connected, greeted, ready to command. */
export class TestPerson {
	readonly socket: IncidentSocket;
	snapshot: Snapshot | null = null;
	readonly events: Snapshot['events'] = [];
	readonly views: Snapshot[] = [];
	readonly notices: string[] = [];

	constructor(url: string, joined: Joined) {
		this.socket = openSocket(url, INCIDENT_NAMESPACE, joined);
		this.socket.on('events', ({ events }) => void this.events.push(...events));
		this.socket.on('view', (view) => {
			this.views.push(view);
			this.events.splice(0, Infinity, ...view.events);
		});
		this.socket.on('notice', (notice) => void this.notices.push('clear' in notice ? `-${notice.code}` : notice.code));
	}

	/** Connects and says hello. */
	static async enter(url: string, joined: Joined): Promise<TestPerson> {
		const person = new TestPerson(url, joined);
		await connected(person.socket as Socket);
		await person.hello();
		return person;
	}

	async hello(lastViewSeq = 0, viewKey: string | null = null): Promise<Snapshot> {
		const answer = await this.socket.emitWithAck('hello', { lastViewSeq, viewKey });
		if (!answer.ok) throw new Error(answer.message);
		this.snapshot = answer.snapshot;
		if (answer.snapshot.from === 0) this.events.splice(0, Infinity, ...answer.snapshot.events);
		else this.events.push(...answer.snapshot.events);
		return answer.snapshot;
	}

	command(body: CommandBody, clientCommandId: string = randomUUID()): Promise<CommandAnswer> {
		return this.socket.emitWithAck('command', { clientCommandId, body });
	}

	/** The same, where anything but success is a failure of the test. */
	async must(body: CommandBody): Promise<void> {
		const answer = await this.command(body);
		if (!answer.ok) throw new Error(`${body.type}: ${answer.code}: ${answer.message}`);
	}

	leave(): void {
		this.socket.disconnect();
	}
}

export function connected(socket: { connected: boolean; once: Socket['once'] }): Promise<void> {
	return new Promise((resolve, reject) => {
		if (socket.connected) return resolve();
		socket.once('connect', resolve);
		socket.once('connect_error', reject);
	});
}

/** Waits until something holds; tests that wait say for what. */
export async function until(what: string, holds: () => boolean, limitMs = 60_000): Promise<void> {
	const deadline = Date.now() + limitMs;
	while (!holds()) {
		if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
