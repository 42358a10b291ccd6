// The server side as a whole: made once per process, found by everything that serves requests.

import { join } from 'node:path';
import { createEngine } from '../engine/index.ts';
import { ensureAdminSecret } from './auth/admin-secret.ts';
import type { Config } from './config.ts';
import { createStorage } from './db/create-storage.ts';
import type { Lock } from './db/lock.ts';
import { openDatabase, type Opened } from './db/open.ts';
import type { Storage } from './db/storage.ts';
import { createLogger, type Logger } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { Rehearsals } from './rehearsal/rehearsals.ts';
import { OutgoingAlerts } from './integrations/outgoing/index.ts';
import { WallClock } from './prometheus/wall-clock.ts';
import { QueryService } from './queries/service.ts';
import { isOwnerDead, ownerName } from './process-identity.ts';
import { shelveEngines } from './runs/engine-shelf.ts';
import { Endings } from './runs/ending.ts';
import { Hub } from './runs/hub.ts';
import type { LiveIncident, Watcher } from './runs/live-incident.ts';
import { Postmortems } from './runs/postmortems.ts';
import { firstUpdate } from './runs/postmortem-draft.ts';
import { twinsBeside, type Twins } from './runs/twins.ts';
import { Offer } from './scenarios/offer.ts';
import { readFiles, readScenarios, type ScenarioRegistry } from './scenarios/registry.ts';
import { Authored } from './studio/authored.ts';
import { Workbench } from './studio/workbench.ts';

export interface Muster {
	readonly config: Config;
	readonly log: Logger;
	readonly metrics: Metrics;
	readonly storage: Storage;
	/** What can be played: shipped, and written here. */
	readonly scenarios: ScenarioRegistry;
	/** Only those that are shipped: their names are taken. */
	readonly shipped: ScenarioRegistry;
	readonly authored: Authored;
	/** Reads and plays what authors write, in a thread of its own. */
	readonly workbench: Workbench;
	readonly hub: Hub;
	readonly endings: Endings;
	readonly postmortems: Postmortems;
	/** Teams' own rules over the scenarios. */
	readonly rehearsals: Rehearsals;
	/** Questions about telemetry, answered beside the threads that keep time. */
	readonly queries: QueryService;
	/** Runs on the wall clock, for tools outside. */
	readonly wallClock: WallClock;
	/** Alerts on their way to targets that an administrator allows. */
	readonly outgoing: OutgoingAlerts;
	readonly limits: Limits;
	/** Null on PostgreSQL. */
	readonly lock: Lock | null;
	/** Wall time that never jumps, ms. */
	monotonic(): number;
	/** Work for the moment it closes. */
	onClose(work: () => void): void;
	/** Stops time, writes what is under way, and gives the database back. */
	close(): Promise<void>;
}

export interface StartOptions {
	/** Is given the administrator's secret if one had to be made: the only time it is readable. */
	announceSecret: (secret: string) => void;
	/** How long a run goes on with nobody connected, ms; two minutes unless given. */
	unattendedMs?: number;
	/** A database that is open already; the one that the configuration names unless given. */
	opened?: Opened;
	/** Scenarios other than those on disk. */
	scenarios?: ScenarioRegistry;
	/** Time under somebody's control: then nothing ticks by itself either. */
	time?: { now: () => number; monotonic: () => number };
	limits?: Limits;
	/** Those of questions about telemetry. */
	queries?: { size?: number; timeoutMs?: number };
	/** How soon alerts are sent again, ms. */
	outgoing?: { pauseMs?: number; againMs?: number };
	/** How other futures are worked out; beside the server unless given. */
	twins?: Twins;
	/** Who is told what happens, from the first incident that is brought back. */
	watchers?: Watcher[];
}

/** How much nonsense and how many messages are borne. */
export interface Limits {
	/** Multiplies the rates at which sockets may send. */
	rate: number;
	/** Malformed messages after which a socket is cut off. */
	malformed: number;
}

const LIMITS: Limits = { rate: 1, malformed: 100 };

/** Opens everything. Rejects with one sentence where that cannot be done, and leaves nothing open then. */
export async function createMuster(config: Config, options: StartOptions): Promise<Muster> {
	const log = createLogger(config.logLevel);
	const metrics = createMetrics();
	const { database, lock } = options.opened ?? (await openDatabase(config));
	const storage = createStorage(database);
	const closing: (() => void)[] = [];
	const abort = new AbortController();
	try {
		await ensureAdminSecret(storage, config.adminSecret, options.announceSecret);
		metrics.databaseUp.set(1);
		const context = {
			storage,
			log,
			metrics,
			createEngine: shelveEngines(createEngine),
			twins: options.twins ?? twinsBeside(config.root, abort.signal),
			closing: abort.signal,
			owner: ownerName(),
			// Nobody else can be on an embedded database: the lock says so.
			isOwnerDead: lock ? () => true : isOwnerDead,
			now: options.time?.now ?? Date.now,
			monotonic: options.time?.monotonic ?? (() => performance.now()),
			unattendedMs: options.unattendedMs ?? 2 * 60_000
		};
		const scenarios = readScenarios(join(config.root, 'scenarios'), log);
		const shipped = options.scenarios ?? scenarios;
		const workbench = new Workbench({
			root: config.root,
			topologies: readFiles(join(config.root, 'scenarios/_topologies')),
			report: (problem) => log.error({ problem }, 'the studio’s thread failed')
		});
		const authored = new Authored(storage, workbench, log);
		const hub = new Hub(context);
		const postmortems = new Postmortems({
			storage,
			draft: firstUpdate,
			now: context.now,
			failed: (live, error) => {
				if (abort.signal.aborted || live.phase.type !== 'live') return;
				metrics.faults.inc({ where: 'postmortem' });
				log.error({ incident: live.incidentId, err: error }, 'a change of a post-mortem could not be logged');
			}
		});
		const endings = new Endings(context, postmortems);
		const wallClock = new WallClock(context.now);
		const holds = (live: LiveIncident) => hub.peek(live.incidentId) === live;
		const origin = config.origin ?? '';
		const sending = { storage, log, metrics, wallClock, closing: abort.signal, origin, holds, ...options.outgoing };
		const outgoing = new OutgoingAlerts(sending);
		for (const watcher of [endings, postmortems, outgoing, ...(options.watchers ?? [])]) hub.watch(watcher);
		const report = (problem: string) => log.error({ problem }, 'a query worker failed');
		const queries = new QueryService({ root: config.root, metrics, report, ...options.queries });
		const muster: Muster = {
			config,
			log,
			metrics,
			storage,
			scenarios: new Offer(shipped, authored),
			shipped,
			authored,
			workbench,
			hub,
			endings,
			postmortems,
			rehearsals: new Rehearsals(config.root, abort.signal),
			queries,
			wallClock,
			outgoing,
			limits: options.limits ?? LIMITS,
			lock,
			monotonic: context.monotonic,
			onClose: (work) => void closing.push(work),
			close: async () => {
				for (const work of closing.splice(0)) work();
				abort.abort();
				outgoing.close();
				await queries.close();
				await workbench.close();
				await endings.settle();
				await postmortems.settle();
				await hub.close();
				await storage.close();
				lock?.release();
			}
		};
		await outgoing.start();
		if (options.time) await hub.recover();
		else await hub.start();
		// Runs carry their scenarios with them: what is offered can wait until they are back.
		if (!options.scenarios) {
			void scenarios.warm(abort.signal);
			queries.warm();
		}
		authored.start(abort.signal);
		return muster;
	} catch (error) {
		await storage.close().catch(() => undefined);
		lock?.release();
		throw error;
	}
}

// A bundle and a hot reload make several instances of this module; the server is one.
interface Slot {
	ready: Promise<Muster>;
	instance: Muster | null;
}
const SLOT = Symbol.for('muster.instance');
const slots = globalThis as typeof globalThis & { [SLOT]?: Slot | undefined };

/** Makes the server of this process, the first time it is called; later calls give the same. */
export function startMuster(make: () => Promise<Muster>): Promise<Muster> {
	slots[SLOT] ??= begin(make);
	return slots[SLOT].ready;
}

function begin(make: () => Promise<Muster>): Slot {
	const slot: Slot = { ready: make(), instance: null };
	slot.ready.then(
		(instance) => {
			slot.instance = instance;
		},
		() => {
			slots[SLOT] = undefined;
		}
	);
	return slot;
}

/** The server of this process. Throws before it is up. */
export function muster(): Muster {
	const instance = slots[SLOT]?.instance;
	if (!instance) throw new Error('Muster is not up yet.');
	return instance;
}

/** The server of this process, once it is up. */
export function musterReady(): Promise<Muster> {
	return slots[SLOT]?.ready ?? Promise.reject(new Error('Muster has not been started.'));
}
