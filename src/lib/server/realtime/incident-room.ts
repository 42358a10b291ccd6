// Who of an incident is connected here, sorted by what they may see. Events are encoded once per view, never once per person.

import type { Namespace, Socket } from 'socket.io';
import { viewKey, type Viewer } from '../../incident/actor.ts';
import type { IncidentEvent } from '../../incident/event.ts';
import type { IncidentClientToServer, IncidentServerToClient, Snapshot } from '../../protocol/messages.ts';
import type { Muster } from '../muster.ts';
import { facilitatorView } from '../projection/facilitator-view.ts';
import type { LiveIncident, Notice, Watcher } from '../runs/live-incident.ts';
import { PracticeCourse } from '../runs/practice-course.ts';
import { viewerOf } from '../runs/views.ts';
import { roomOf } from './admit.ts';

type Nsp = Namespace<IncidentClientToServer, IncidentServerToClient>;

const CLOCK_MS = 1_000;
/** People come in bursts; the others are told once. */
const PEOPLE_MS = 50;

interface Place {
	socket: Socket<IncidentClientToServer, IncidentServerToClient>;
	participantId: string;
	viewer: Viewer;
	/** What this viewer may see, from the beginning. */
	snapshot: () => Snapshot;
}

export class IncidentRoom {
	#nsp: Nsp;
	#live: LiveIncident;
	#places = new Map<string, Place>();
	/** How many events of each view were sent to its room. */
	#sent = new Map<string, number>();
	#peopleWaiting = false;
	#facilitated = '';

	constructor(nsp: Nsp, live: LiveIncident) {
		this.#nsp = nsp;
		this.#live = live;
	}

	enter(participantId: string): void {
		this.#live.people.connected(participantId);
		this.#live.peopleChanged();
	}

	leave(socketId: string, participantId: string): void {
		this.#places.delete(socketId);
		this.#live.people.disconnected(participantId);
		this.#live.peopleChanged();
	}

	get empty(): boolean {
		return this.#places.size === 0;
	}

	/** Puts a socket where events of its view arrive; everything until now was in the snapshot it was given. */
	place(socket: Socket, viewer: Viewer, snapshot: () => Snapshot): void {
		const before = this.#places.get(socket.id);
		if (before) void socket.leave(this.#viewRoom(viewKey(before.viewer)));
		const participantId = (socket.data as { participantId: string }).participantId;
		this.#places.set(socket.id, { socket, participantId, viewer, snapshot });
		const key = viewKey(viewer);
		void socket.join(this.#viewRoom(key));
		this.#sent.set(key, this.#live.views.of(viewer, this.#live.events).events.length);
		this.#facilitated = '';
	}

	/** Sends what has just been stored to all who may see it; who may see more or less than before gets a new view. */
	events(): void {
		const { incident } = this.#live.course;
		const moved: Place[] = [];
		for (const place of this.#places.values()) {
			const viewer = viewerOf(incident, place.participantId);
			if (viewKey(viewer) !== viewKey(place.viewer)) moved.push({ ...place, viewer });
		}
		for (const place of moved) void place.socket.leave(this.#viewRoom(this.#keyOf(place.socket.id)));
		const staying = new Map<string, Viewer>();
		for (const [id, { viewer }] of this.#places) {
			if (!moved.some(({ socket }) => socket.id === id)) staying.set(viewKey(viewer), viewer);
		}
		for (const [key, viewer] of staying) {
			const { events } = this.#live.views.of(viewer, this.#live.events);
			const fresh = events.slice(this.#sent.get(key) ?? 0);
			this.#sent.set(key, events.length);
			if (fresh.length > 0) this.#nsp.to(this.#viewRoom(key)).emit('events', { viewKey: key, events: fresh });
		}
		for (const { socket, viewer, snapshot } of moved) {
			this.place(socket, viewer, snapshot);
			socket.emit('view', snapshot());
		}
		this.#live.views.keep(new Set([...this.#places.values()].map(({ viewer }) => viewKey(viewer))));
	}

	clock(volatile: boolean): void {
		const to = this.#nsp.to(roomOf(this.#live.incidentId));
		(volatile ? to.volatile : to).emit('clock', this.#live.clockReading());
	}

	people(): void {
		if (this.#peopleWaiting) return;
		this.#peopleWaiting = true;
		setTimeout(() => {
			this.#peopleWaiting = false;
			this.#nsp.to(roomOf(this.#live.incidentId)).emit('people', this.#live.people.list());
		}, PEOPLE_MS);
	}

	notice(notice: Notice): void {
		this.#nsp.to(roomOf(this.#live.incidentId)).emit('notice', notice);
	}

	/** The truth live, to facilitators and nobody else, where it has changed. */
	facilitator(): void {
		const { course } = this.#live;
		if (!(course instanceof PracticeCourse)) return;
		const facilitators = [...this.#places.values()].filter(({ viewer }) => viewer.seats.includes('facilitator'));
		if (facilitators.length === 0) return;
		const view = facilitatorView(course.engine, course.state);
		const text = JSON.stringify(view);
		if (text === this.#facilitated) return;
		this.#facilitated = text;
		for (const { socket } of facilitators) socket.emit('facilitator', view);
	}

	/** Sends everybody away: to come back where the incident is now. */
	dismiss(): void {
		for (const { socket } of this.#places.values()) socket.disconnect();
	}

	#keyOf(socketId: string): string {
		const place = this.#places.get(socketId);
		return place ? viewKey(place.viewer) : '';
	}

	#viewRoom(key: string): string {
		return `view ${this.#live.incidentId} ${key}`;
	}
}

/** All rooms of one namespace, told by the hub what happens. */
export class IncidentRooms implements Watcher {
	static #byNamespace = new WeakMap<Namespace, IncidentRooms>();

	#nsp: Nsp;
	#muster: Muster;
	#rooms = new Map<LiveIncident, IncidentRoom>();

	constructor(nsp: Nsp, muster: Muster) {
		this.#nsp = nsp;
		this.#muster = muster;
		muster.onClose(muster.hub.watch(this));
		const timer = setInterval(() => this.#everySecond(), CLOCK_MS);
		muster.onClose(() => clearInterval(timer));
	}

	static of(nsp: Namespace, muster: Muster): IncidentRooms {
		const known = IncidentRooms.#byNamespace.get(nsp);
		if (known && known.#muster === muster) return known;
		const rooms = new IncidentRooms(nsp, muster);
		IncidentRooms.#byNamespace.set(nsp, rooms);
		return rooms;
	}

	room(live: LiveIncident): IncidentRoom {
		const room = this.#rooms.get(live) ?? new IncidentRoom(this.#nsp, live);
		this.#rooms.set(live, room);
		return room;
	}

	events(live: LiveIncident, _events: readonly IncidentEvent[]): void {
		this.#rooms.get(live)?.events();
	}
	clock(live: LiveIncident): void {
		this.#rooms.get(live)?.clock(false);
	}
	people(live: LiveIncident): void {
		this.#rooms.get(live)?.people();
	}
	notice(live: LiveIncident, notice: Notice): void {
		this.#rooms.get(live)?.notice(notice);
	}
	lost(live: LiveIncident): void {
		this.#rooms.get(live)?.dismiss();
		this.#rooms.delete(live);
	}

	#everySecond(): void {
		for (const [live, room] of this.#rooms) {
			if (room.empty && live.people.here === 0) {
				this.#rooms.delete(live);
				continue;
			}
			try {
				if (live.clock.running) room.clock(true);
				room.facilitator();
			} catch (error) {
				this.#muster.metrics.faults.inc({ where: 'room' });
				this.#muster.log.error({ incident: live.incidentId, err: error }, 'a room could not be told');
			}
		}
	}
}
