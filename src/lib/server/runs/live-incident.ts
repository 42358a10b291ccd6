// One incident in memory. Everything that changes it goes through one queue: work out a step, store it, and only then let it
// count, answer, and tell everybody. While the database is away nothing counts and simulated time stands still.

import type { CommandBody, Commander } from '../../incident/command.ts';
import type { IncidentEvent } from '../../incident/event.ts';
import type { EventDraft } from '../../incident/event.ts';
import { refuse, type Refusal } from '../../incident/refusal.ts';
import type { ClockReading, CommandAnswer } from '../../protocol/messages.ts';
import type { CompiledScenario } from '../../scenario/library.ts';
import { StorageUnavailable, type Head, type StoredIncident } from '../db/storage.ts';
import { failpoint } from '../failpoint.ts';
import type { Course, Pending } from './course.ts';
import type { HubContext } from './context.ts';
import { KnownCommands } from './known-commands.ts';
import type { Loaded } from './load.ts';
import { numberEvents } from './numbering.ts';
import { People } from './people.ts';
import { RunClock } from './run-clock.ts';
import { SerialQueue } from './serial-queue.ts';
import { sameSummary, summaryOf } from './summary.ts';
import { Views } from './views.ts';

/** Where an incident stands with its database. */
export type Phase =
	| { type: 'live' }
	/** An append failed. `unsure` are commands of which nobody knows yet whether they were stored. */
	| { type: 'stalled'; unsure: Unsure[] }
	/** Another server owns it now. */
	| { type: 'lost' };

interface Unsure {
	by: Commander;
	clientCommandId: string;
	answer: (answer: CommandAnswer) => void;
}

export type Notice =
	{ code: string; message: string; level: 'info' | 'warn' | 'error' } | { code: string; clear: true };

/** Is told what happens, after it is stored. A throw in a watcher harms nobody else. */
export interface Watcher {
	/** Has been brought into memory, and nothing has happened to it yet. */
	loaded?(live: LiveIncident): void;
	events?(live: LiveIncident, events: readonly IncidentEvent[]): void;
	clock?(live: LiveIncident): void;
	people?(live: LiveIncident): void;
	notice?(live: LiveIncident, notice: Notice): void;
	/** It is no longer this server's. */
	lost?(live: LiveIncident): void;
}

/** Commands that may wait at once; more is somebody's loop. */
const MOST_WAITING = 200;
/** A machine that slept goes on from where it was: at most this much wall time is caught up at once. */
const MOST_CAUGHT_UP_MS = 5_000;

const AWAY = refuse(
	'unavailable',
	'The database does not answer. Nothing was done; time stands still until it is back.'
);
const NOT_OURS = refuse('not_owner', 'Another server runs this incident now. Load the page again.');
const AWAY_NOTICE: Notice = {
	code: 'database',
	message:
		'The database does not answer. Nothing is lost: time stands still, and what you do is taken again when it is back.',
	level: 'error'
};

export class LiveIncident {
	readonly stored: StoredIncident;
	readonly clock: RunClock;
	readonly people: People;
	readonly views = new Views();
	/** What it is played on, as it was when it began; null in a real incident. */
	readonly compiled: CompiledScenario | null;
	course: Course;
	/** The whole log. */
	events: IncidentEvent[];

	#context: HubContext;
	#head: Head;
	#phase: Phase = { type: 'live' };
	#queue = new SerialQueue();
	#known: KnownCommands;
	#summary: ReturnType<typeof summaryOf>;
	#notices = new Map<string, Notice>();
	#watchers: ReadonlySet<Watcher>;

	constructor(context: HubContext, stored: StoredIncident, head: Head, loaded: Loaded, watchers: ReadonlySet<Watcher>) {
		this.#context = context;
		this.stored = stored;
		this.#head = head;
		this.course = loaded.course;
		this.compiled = loaded.compiled;
		this.events = loaded.events;
		this.#known = new KnownCommands(loaded.commands);
		this.people = new People(loaded.people);
		this.#watchers = watchers;
		this.#summary = this.#currentSummary();
		this.clock = new RunClock(context.monotonic, { simMs: this.course.simMs ?? 0, speed: 1, running: false });
		this.#followClock();
	}

	get incidentId(): string {
		return this.stored.incidentId;
	}
	get title(): string {
		return this.#summary.title;
	}
	get phase(): Phase {
		return this.#phase;
	}
	get epoch(): number {
		return this.#head.epoch;
	}
	/** Last event and last command stored. */
	get position(): { seq: number; n: number } {
		return { seq: this.#head.seq, n: this.#head.n };
	}
	get notices(): Notice[] {
		return [...this.#notices.values()];
	}

	clockReading(): ClockReading {
		const { simMs, speed, running } = this.clock.pace;
		if (this.stored.origin === 'real') return { at: this.course.at(0), simMs: null, speed: 1, running: true };
		return { at: this.course.at(simMs), simMs, speed, running };
	}

	/** Carries a command out. The answer comes when its events are durable, or when it is certain that nothing was done. */
	async command(by: Commander, clientCommandId: string, body: CommandBody): Promise<CommandAnswer> {
		if (this.#phase.type === 'stalled') return AWAY;
		if (this.#queue.length >= MOST_WAITING)
			return refuse('too_many', 'Too much is waiting here. Try again in a moment.');
		const outcome = await this.#queue.run(() => this.#carryOut(by, clientCommandId, body));
		return 'later' in outcome ? outcome.later : outcome;
	}

	/** Lets time pass, if a whole second or more has. */
	tick(): void {
		if (this.#phase.type !== 'live' || !this.clock.running || this.#queue.length > 0) return;
		if (this.#due() <= (this.course.simMs ?? 0)) return;
		this.#queue.run(() => this.#advance()).catch((error: unknown) => this.#fault('tick', error));
	}

	/** Appends events of Muster's own. False where they could not be stored. */
	async record(drafts: EventDraft[]): Promise<boolean> {
		return this.#queue.run(async () => {
			if (this.#phase.type !== 'live') return false;
			return (await this.#store(this.course.record(drafts), null)) === 'stored';
		});
	}

	/** Waits for what is under way. */
	settle(): Promise<void> {
		return this.#queue.run(() => undefined);
	}

	/** After the database was away: finds out what was stored, and goes on. Rejects while it is still away. */
	async revive(load: (head: Head) => Promise<Loaded>): Promise<void> {
		await this.#queue.run(async () => {
			const phase = this.#phase;
			if (phase.type !== 'stalled') return;
			const { storage, owner } = this.#context;
			// A new epoch shuts out what may still be under way to the database from before.
			const head = await storage.acquire(this.incidentId, owner, () => false);
			if (!head) return this.#lose();
			const loaded = head.seq === this.#head.seq && head.n === this.#head.n ? null : await load(head);
			const before = this.#head.seq;
			this.#head = head;
			this.#phase = { type: 'live' };
			if (loaded) {
				this.course = loaded.course;
				this.#known = new KnownCommands(loaded.commands);
				this.#summary = this.#currentSummary();
				this.#publish(loaded.events.filter(({ seq }) => seq > before));
			}
			this.#followClock(true);
			for (const { by, clientCommandId, answer } of phase.unsure) {
				const found = this.#known.find(by.participantId, clientCommandId);
				answer(found ? { ok: true, ...found } : AWAY);
			}
			this.notify({ code: 'database', clear: true });
			this.#tell((watcher) => watcher.clock?.(this));
		});
	}

	/** Tells the watchers that it has just been brought into memory. */
	announce(): void {
		this.#tell((watcher) => watcher.loaded?.(this));
	}

	/** Another server has taken over: nothing more may be done here. */
	lose(): void {
		if (this.#phase.type !== 'lost') this.#lose();
	}

	/** Tells everybody in the room something about Muster itself, and those who come later until it is taken back. */
	notify(notice: Notice): void {
		if ('clear' in notice) {
			if (!this.#notices.delete(notice.code)) return;
		} else {
			this.#notices.set(notice.code, notice);
		}
		this.#tell((watcher) => watcher.notice?.(this, notice));
	}

	/** Tells the watchers that who is here, or what they are called, has changed. */
	peopleChanged(): void {
		this.#tell((watcher) => watcher.people?.(this));
	}

	async #carryOut(
		by: Commander,
		clientCommandId: string,
		body: CommandBody
	): Promise<CommandAnswer | { later: Promise<CommandAnswer> }> {
		const { metrics } = this.#context;
		const found = this.#known.find(by.participantId, clientCommandId);
		if (found) {
			metrics.commands.inc({ outcome: 'duplicate' });
			return { ok: true, ...found };
		}
		const standing = this.#phase;
		if (standing.type === 'lost') return NOT_OURS;
		if (standing.type === 'stalled') return AWAY;
		const pending = this.course.step(this.#due(), { n: this.#head.n + 1, by, clientCommandId, body });
		if (!pending.ok) return this.#refused(pending);
		const stored = await this.#store(pending, { by, clientCommandId });
		if (stored === 'lost') return NOT_OURS;
		const phase: Phase = this.#phase;
		if (stored === 'unsure' && phase.type === 'stalled') {
			return { later: new Promise((answer) => phase.unsure.push({ by, clientCommandId, answer })) };
		}
		metrics.commands.inc({ outcome: 'done' });
		failpoint('ack.before');
		return { ok: true, n: this.#head.n, result: pending.result };
	}

	#refused(refusal: Refusal): Refusal {
		this.#context.metrics.commands.inc({ outcome: 'refused' });
		return refusal;
	}

	/** Simulated time that has come, on the grid; never more than a few wall seconds beyond where the run stands. */
	#due(): number {
		const { simMs, speed } = this.clock.pace;
		const limit = (this.course.simMs ?? 0) + MOST_CAUGHT_UP_MS * speed;
		if (simMs > limit) this.clock.set({ ...this.clock.pace, simMs: limit });
		return Math.floor(Math.min(simMs, limit) / 1000) * 1000;
	}

	async #advance(): Promise<void> {
		if (this.#phase.type !== 'live' || !this.clock.running) return;
		const pending = this.course.step(this.#due(), null);
		if (!pending.ok) return;
		// Seconds in which nothing happens need no row; where time stands is noted with the lease.
		if (pending.events.length === 0) pending.commit();
		else await this.#store(pending, null);
	}

	async #store(
		pending: Pending,
		from: { by: Commander; clientCommandId: string } | null
	): Promise<'stored' | 'unsure' | 'lost'> {
		const { storage, metrics, now } = this.#context;
		const events = numberEvents(pending.events, this.#head.seq, now());
		const summary = summaryOf(pending.incident, this.stored.title, endedAt([...this.events.slice(-50), ...events]));
		const done = metrics.appendSeconds.startTimer();
		try {
			const outcome = await storage.append({
				incidentId: this.incidentId,
				epoch: this.#head.epoch,
				after: { seq: this.#head.seq, n: this.#head.n },
				command: pending.command && { ...pending.command, result: pending.result },
				events,
				simMs: pending.simMs,
				summary: sameSummary(summary, this.#summary) ? null : summary,
				endedHash: pending.endedHash
			});
			if (!outcome.ok) {
				// What is in memory no longer fits the log: whoever owns it now has it right.
				this.#context.log.warn({ incident: this.incidentId, reason: outcome.reason }, 'an append was refused');
				this.#lose();
				return 'lost';
			}
		} catch (error) {
			if (!(error instanceof StorageUnavailable)) throw error;
			this.#stall(error);
			return 'unsure';
		}
		done();
		metrics.events.inc(events.length);
		pending.commit();
		this.#summary = summary;
		this.#head = {
			...this.#head,
			seq: this.#head.seq + events.length,
			n: pending.command?.n ?? this.#head.n,
			simMs: pending.simMs
		};
		if (pending.command && from) this.#known.add({ ...pending.command, result: pending.result });
		const moved = this.#followClock();
		this.#publish(events);
		if (moved) this.#tell((watcher) => watcher.clock?.(this));
		return 'stored';
	}

	#stall(error: StorageUnavailable): void {
		if (this.#phase.type !== 'live') return;
		this.#context.log.error(
			{ incident: this.incidentId, err: error.cause },
			'the database is away; the incident stands still'
		);
		this.#phase = { type: 'stalled', unsure: [] };
		this.clock.set({ simMs: this.course.simMs ?? 0, speed: this.clock.pace.speed, running: false });
		this.notify(AWAY_NOTICE);
		this.#tell((watcher) => watcher.clock?.(this));
	}

	#lose(): void {
		const phase = this.#phase;
		this.#phase = { type: 'lost' };
		this.clock.set({ ...this.clock.pace, running: false });
		if (phase.type === 'stalled') for (const { answer } of phase.unsure) answer(NOT_OURS);
		this.#tell((watcher) => watcher.lost?.(this));
	}

	/** Makes the clock go as the log says; true where its pace has changed. */
	#followClock(anew = false): boolean {
		if (this.stored.origin === 'real') return false;
		const { lifecycle, speed } = this.course.incident;
		const running = lifecycle === 'running';
		const pace = this.clock.pace;
		if (!anew && running === pace.running && speed === pace.speed) return false;
		const goesOn = !anew && running && pace.running;
		this.clock.set({ simMs: goesOn ? pace.simMs : (this.course.simMs ?? 0), speed, running });
		return true;
	}

	#publish(events: IncidentEvent[]): void {
		if (events.length === 0) return;
		this.events.push(...events);
		this.#tell((watcher) => watcher.events?.(this, events));
	}

	#tell(what: (watcher: Watcher) => void): void {
		for (const watcher of this.#watchers) {
			try {
				what(watcher);
			} catch (error) {
				this.#fault('watcher', error);
			}
		}
	}

	#fault(where: string, error: unknown): void {
		this.#context.metrics.faults.inc({ where });
		this.#context.log.error({ incident: this.incidentId, where, err: error }, 'a fault of Muster');
		if (where !== 'tick') return;
		// A step that throws would throw again every quarter of a second.
		this.clock.set({ ...this.clock.pace, running: false });
		this.notify({
			code: 'fault',
			message: 'The simulation has come upon a fault of Muster and stands still. End the run; its log is kept.',
			level: 'error'
		});
	}

	#currentSummary(): ReturnType<typeof summaryOf> {
		return summaryOf(this.course.incident, this.stored.title, endedAt(this.events));
	}
}

/** Wall time of the last event that can have ended an incident; null where there is none. */
function endedAt(events: readonly IncidentEvent[]): number | null {
	const last = events.findLast(
		({ type }) => type === 'run.ended' || type === 'status.changed' || type === 'incident.stood_down'
	);
	return last?.recordedAt ?? null;
}
