/** One incident as this browser knows it. Socket handlers call its methods; components only read it. */
/* eslint-disable svelte/prefer-svelte-reactivity -- bookkeeping that nobody draws; what is drawn is $state */
import { getContext, setContext } from 'svelte';
import type { CommandBody } from '../incident/command.ts';
import type { ViewEvent } from '../incident/event.ts';
import { foldEvent, initialIncidentState } from '../incident/fold.ts';
import type { Refusal } from '../incident/refusal.ts';
import { COMMAND_ROLES, type CommandRole, type Role } from '../incident/role.ts';
import type { IncidentState } from '../incident/state.ts';
import type {
	ClockReading,
	CommandAnswer,
	FacilitatorView,
	IncidentHeader,
	Person,
	RoomInfo,
	Snapshot
} from '../protocol/messages.ts';
import { incidentNow, type ClockAnchor } from './clock.ts';
import { Connection, type ConnectionListener, type NoticeMessage } from './connection.ts';
import { Face } from './face.ts';
import type { Membership } from './membership.ts';
import { nameActor, namePerson } from './names.ts';
import type { Actor } from '../incident/actor.ts';

/** Where the room says that something was refused. */
export interface Speaker {
	bad(text: string): void;
}
export type Notice = Exclude<NoticeMessage, { clear: true }>;

const TICK_MS = 200;

export class Room implements ConnectionListener {
	readonly incidentId: string;
	readonly membership: Membership;

	/** False until the first snapshot. */
	ready = $state(false);
	/** The line to the server stands. */
	online = $state(false);
	/** Set when the server will not have us at all. */
	refusal = $state.raw<Refusal | null>(null);

	header = $state.raw<IncidentHeader | null>(null);
	info = $state.raw<RoomInfo | null>(null);
	links = $state.raw<Snapshot['links']>({ join: '', host: null, statusPage: '' });
	state = $state.raw<IncidentState>(initialIncidentState('practice'));
	events = $state.raw<ViewEvent[]>([]);
	people = $state.raw<Person[]>([]);
	facilitator = $state.raw<FacilitatorView | null>(null);
	notices = $state.raw<Notice[]>([]);
	/** Commands given and not yet answered. */
	waiting = $state.raw<CommandBody[]>([]);
	/** Incident time, epoch ms, on the grid of one second. */
	now = $state(0);
	running = $state(false);
	/** Speed of the clock as last read. */
	speed = $state(1);

	#me = $state.raw<Snapshot['me'] | null>(null);
	#anchor: ClockAnchor | null = null;
	#connection: Connection;
	#timer: ReturnType<typeof setInterval>;
	#speaker: Speaker;
	#watchers = new Set<(events: ViewEvent[]) => void>();

	constructor(incidentId: string, membership: Membership, speaker: Speaker) {
		this.#speaker = speaker;
		this.incidentId = incidentId;
		this.membership = membership;
		this.#connection = new Connection(incidentId, membership.token, this);
		this.#timer = setInterval(() => this.#tick(), TICK_MS);
	}

	// ── who am I ──

	get me(): string {
		return this.#me?.participantId ?? this.membership.participantId;
	}
	get host(): boolean {
		return this.#me?.host ?? false;
	}
	/** Command seats held now, as the log has them. */
	seats = $derived(COMMAND_ROLES.filter((role) => this.state.roles[role].participantId === this.me));
	/** How I take part: as responder, observer or facilitator. */
	as = $derived(this.state.participants.find((one) => one.participantId === this.me)?.as ?? 'responder');
	facilitates = $derived(this.as === 'facilitator');
	real = $derived(this.state.origin === 'real');
	/** Seats and, where none is held, how I take part. */
	roles = $derived<Role[]>(this.seats.length > 0 ? this.seats : [this.as]);
	face = $derived(new Face(this.info?.timeZone));
	names = $derived(new Map(this.people.map((person) => [person.participantId, person])));

	holds(role: CommandRole): boolean {
		return this.seats.includes(role);
	}
	/** Name of a person, `You` for the reader. */
	name(participantId: string | null): string {
		return namePerson(this.names, participantId);
	}
	/** Who caused something, as people read it; a bot says that it is one. */
	actor(actor: Actor): string {
		return nameActor(this.names, actor);
	}
	/** Command seats a person holds. */
	seatsOf(participantId: string): CommandRole[] {
		return COMMAND_ROLES.filter((role) => this.state.roles[role].participantId === participantId);
	}

	// ── what I do ──

	/** Gives a command. A refusal is said aloud unless `quiet`; the answer tells the caller either way. */
	async send(body: CommandBody, { quiet = false } = {}): Promise<CommandAnswer> {
		const answer = await this.#connection.send(body);
		if (!answer.ok && !quiet) this.#speaker.bad(answer.message);
		return answer;
	}

	/** Calls back with events as they happen, never with those of a snapshot. Returns how to stop. */
	watch(watcher: (events: ViewEvent[]) => void): () => void {
		this.#watchers.add(watcher);
		return () => this.#watchers.delete(watcher);
	}

	close(): void {
		clearInterval(this.#timer);
		this.#connection.close();
	}

	// ── what I am told ──

	onSnapshot(snapshot: Snapshot, replaces: boolean): void {
		this.header = snapshot.header;
		this.info = snapshot.room;
		this.links = absolute(snapshot.links);
		this.people = snapshot.people;
		this.#me = snapshot.me;
		if (replaces) this.facilitator = null;
		const before = replaces ? [] : this.events;
		const from = replaces ? initialIncidentState(snapshot.header.origin) : this.state;
		this.events = [...before, ...snapshot.events];
		this.state = snapshot.events.reduce(foldEvent, from);
		this.onClock(snapshot.clock);
		this.ready = true;
	}

	onEvents(events: ViewEvent[]): void {
		this.events = [...this.events, ...events];
		this.state = events.reduce(foldEvent, this.state);
		for (const watcher of this.#watchers) watcher(events);
	}

	onClock(reading: ClockReading): void {
		this.#anchor = { reading, receivedAt: performance.now() };
		this.running = reading.running;
		this.speed = reading.speed;
		this.#tick();
	}

	onPeople(people: Person[]): void {
		this.people = people;
	}

	onFacilitator(view: FacilitatorView): void {
		this.facilitator = view;
	}

	onLine(up: boolean): void {
		this.online = up;
		// Without a line nobody knows whether the clock still runs: it stands until we hear again.
		if (!up && this.#anchor) this.onClock({ ...this.#anchor.reading, at: this.now, running: false });
	}

	onRefused(refusal: Refusal): void {
		this.refusal = refusal;
		this.#connection.close();
	}

	onPending(commands: CommandBody[]): void {
		this.waiting = commands;
	}

	onNotice(notice: NoticeMessage): void {
		const others = this.notices.filter((one) => one.code !== notice.code);
		this.notices = 'clear' in notice ? others : [...others, notice];
	}

	#tick(): void {
		if (!this.#anchor) return;
		this.now = Math.floor(incidentNow(this.#anchor, performance.now()) / 1000) * 1000;
	}
}

/** Links are relative where the server does not know under which name it is reached: this browser does. */
function absolute({ join, host, statusPage }: Snapshot['links']): Snapshot['links'] {
	const whole = (link: string) => new URL(link, location.origin).href;
	return { join: whole(join), host: host === null ? null : whole(host), statusPage: whole(statusPage) };
}

const ROOM = Symbol('room');

export function provideRoom(room: Room): Room {
	return setContext(ROOM, room);
}
export function useRoom(): Room {
	return getContext<Room>(ROOM);
}
