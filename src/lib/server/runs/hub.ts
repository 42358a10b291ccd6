// The host of all incidents that this server owns: makes them, finds them, keeps their time, brings them back after a restart.

import { refuse, type Refusal } from '../../incident/refusal.ts';
import type { IncidentId } from '../../incident/ids.ts';
import { StorageUnavailable, type Head } from '../db/storage.ts';
import { failpoint } from '../failpoint.ts';
import type { HubContext } from './context.ts';
import { LiveIncident, type Watcher } from './live-incident.ts';
import { loadIncident } from './load.ts';
import { Snapshots } from './snapshots.ts';
import { pauseByMuster } from './system-commands.ts';
import { Unattended } from './unattended.ts';

const TICK_MS = 250;
/** The runs take turns within a tick, so that no turn is long. */
const TURNS = 5;
const RENEW_MS = 5_000;
const REVIVE_MS = 1_000;
/** Runs that are brought back at the same time. */
const RECOVER_AT_ONCE = 4;

export type Found = { ok: true; live: LiveIncident } | Refusal;

const UNKNOWN = refuse(
	'unknown_id',
	'There is no such incident here. The link may be mistyped, or the incident removed.'
);
const ELSEWHERE = refuse('not_owner', 'Another server runs this incident now. Try again in a few seconds.');
const AWAY = refuse('unavailable', 'The database does not answer. Try again in a moment.');

export class Hub {
	readonly context: HubContext;
	#live = new Map<IncidentId, LiveIncident>();
	#loading = new Map<IncidentId, Promise<Found>>();
	#watchers = new Set<Watcher>();
	#snapshots: Snapshots;
	#unattended: Unattended;
	#timers: ReturnType<typeof setInterval>[] = [];
	#closing = false;
	#nextTurn = 0;
	#expectedTurn = 0;

	constructor(context: HubContext) {
		this.context = context;
		this.#snapshots = new Snapshots(context);
		this.#unattended = new Unattended(context);
	}

	/** Every incident tells these what happens to it. Returns how to stop. */
	watch(watcher: Watcher): () => void {
		this.#watchers.add(watcher);
		return () => this.#watchers.delete(watcher);
	}

	get all(): LiveIncident[] {
		return [...this.#live.values()];
	}

	/** Brings back the runs that were going on, and keeps time from now on. */
	async start(): Promise<void> {
		await this.recover();
		this.#expectedTurn = this.context.monotonic() + TICK_MS / TURNS;
		this.#every(TICK_MS / TURNS, () => this.#everyTurn());
		this.#every(REVIVE_MS, () => this.#revive());
		this.#every(RENEW_MS, () => this.#renew());
		this.#every(RENEW_MS, () => this.recover());
	}

	/**
	 * Takes over every run that was going on when its owner vanished. What waits in a lobby, is paused or is a real incident
	 * stands still anyway and is brought back when somebody comes.
	 */
	async recover(): Promise<void> {
		const waiting = (await this.context.storage.unfinished())
			.filter(({ origin, lifecycle }) => origin === 'practice' && lifecycle === 'running')
			.filter(({ incidentId }) => !this.#live.has(incidentId));
		const next = async (): Promise<void> => {
			for (let one = waiting.shift(); one && !this.#closing; one = waiting.shift()) await this.find(one.incidentId);
		};
		await Promise.all(Array.from({ length: RECOVER_AT_ONCE }, next));
	}

	/** The incident, brought into memory where it is not. */
	find(incidentId: IncidentId): Promise<Found> {
		const live = this.#live.get(incidentId);
		if (live && live.phase.type !== 'lost') return Promise.resolve({ ok: true, live });
		this.#live.delete(incidentId);
		if (this.#closing)
			return Promise.resolve(refuse('unavailable', 'Muster is being restarted. Try again in a moment.'));
		const loading = this.#loading.get(incidentId) ?? this.#load(incidentId);
		this.#loading.set(incidentId, loading);
		return loading.finally(() => this.#loading.delete(incidentId));
	}

	/** The incident if it is in memory. */
	peek(incidentId: IncidentId): LiveIncident | null {
		return this.#live.get(incidentId) ?? null;
	}

	/** One round: time passes everywhere, snapshots fall due, empty rooms are paused and put away. */
	tick(): void {
		for (let turn = 0; turn < TURNS; turn++) this.#turn(turn);
	}

	#turn(turn: number): void {
		let place = 0;
		for (const live of this.#live.values()) {
			if (place++ % TURNS !== turn) continue;
			live.tick();
			this.#snapshots.consider(live);
			if (this.#unattended.consider(live) === 'put away') this.#putAway(live);
		}
		this.context.metrics.liveRuns.set(this.#live.size);
	}

	#everyTurn(): void {
		const now = this.context.monotonic();
		this.context.metrics.tickLag.set(Math.max(0, now - this.#expectedTurn) / 1000);
		this.#expectedTurn = now + TICK_MS / TURNS;
		this.#turn(this.#nextTurn++ % TURNS);
	}

	/** Stops time, waits for what is under way, writes snapshots and gives everything back. */
	async close(): Promise<void> {
		this.#closing = true;
		for (const timer of this.#timers) clearInterval(timer);
		await Promise.allSettled(this.#loading.values());
		await Promise.allSettled(
			this.all.map(async (live) => {
				await live.settle();
				failpoint('shutdown');
				await this.#snapshots.take(live);
				await this.context.storage.release(live.incidentId, live.epoch);
			})
		);
		this.#live.clear();
	}

	async #load(incidentId: IncidentId): Promise<Found> {
		const { storage, owner, isOwnerDead, log } = this.context;
		try {
			const stored = await storage.readIncident(incidentId);
			if (!stored) return UNKNOWN;
			const head = await storage.acquire(incidentId, owner, isOwnerDead);
			if (!head) return ELSEWHERE;
			const live = new LiveIncident(
				this.context,
				stored,
				head,
				await loadIncident(this.context, stored, head),
				this.#watchers
			);
			this.#live.set(incidentId, live);
			live.announce();
			await pauseByMuster(live, 'restart', 'Muster was restarted. Nothing is lost: resume when everybody is back.');
			return { ok: true, live };
		} catch (error) {
			log.error({ incident: incidentId, err: error }, 'an incident could not be loaded');
			if (error instanceof StorageUnavailable) return AWAY;
			this.context.metrics.faults.inc({ where: 'load' });
			return refuse('unavailable', 'This incident cannot be read. The server’s log says why; the rest is unharmed.');
		}
	}

	async #revive(): Promise<void> {
		for (const live of this.#live.values()) {
			if (live.phase.type !== 'stalled') continue;
			await live.revive((head: Head) => loadIncident(this.context, live.stored, head));
		}
	}

	async #renew(): Promise<void> {
		const { storage, owner, metrics } = this.context;
		const held = this.all
			.filter(({ phase }) => phase.type === 'live')
			.map((live) => ({ incidentId: live.incidentId, epoch: live.epoch, simMs: live.course.simMs }));
		try {
			await storage.ping();
			metrics.databaseUp.set(1);
		} catch (error) {
			metrics.databaseUp.set(0);
			throw error;
		}
		const renewed = await storage.renew(owner, held);
		for (const { incidentId, epoch } of held) {
			const live = this.#live.get(incidentId);
			// Its epoch may have risen while we asked; then the answer was about the one before.
			if (live && !renewed.has(incidentId) && live.epoch === epoch && live.phase.type === 'live') live.lose();
		}
		for (const live of this.all) if (live.phase.type === 'lost') this.#live.delete(live.incidentId);
	}

	#putAway(live: LiveIncident): void {
		this.#live.delete(live.incidentId);
		void live
			.settle()
			.then(() => this.#snapshots.take(live))
			.then(() => this.context.storage.release(live.incidentId, live.epoch))
			.catch((error: unknown) => this.#report('put away', error));
	}

	/** Work that repeats, never overlapping itself, and whose failure is written down and tried again. */
	#every(ms: number, work: () => Promise<void> | void): void {
		let busy = false;
		this.#timers.push(
			setInterval(() => {
				if (busy || this.#closing) return;
				busy = true;
				void Promise.resolve()
					.then(work)
					.catch((error: unknown) => this.#report('timer', error))
					.finally(() => {
						busy = false;
					});
			}, ms)
		);
	}

	#report(where: string, error: unknown): void {
		if (error instanceof StorageUnavailable) return this.context.log.warn({ where, err: error.cause }, error.message);
		this.context.metrics.faults.inc({ where });
		this.context.log.error({ where, err: error }, 'a fault of Muster');
	}
}
