// The open queries of one run. Each distinct query is evaluated once per tick, however many people look at it, and those who
// have the same panels open share one frame.

import type { Namespace, Socket } from 'socket.io';
import type {
	HealthAnswer,
	QueryResult,
	TelemetryClientToServer,
	TelemetryServerToClient
} from '../../protocol/messages.ts';
import { encodeFrame, type FrameCell } from '../../protocol/frame.ts';
import type { Muster } from '../muster.ts';
import type { LiveIncident } from '../runs/live-incident.ts';
import { PracticeCourse } from '../runs/practice-course.ts';
import { QueryLine, type RangeWindow } from './query-line.ts';
import { QueryNames } from './query-names.ts';

type Nsp = Namespace<TelemetryClientToServer, TelemetryServerToClient>;

const FRAME_MS = 500;

interface Open {
	key: string;
	query: string;
}
/** Sockets with the same queries in the same order: their frames are the same bytes. */
interface Group {
	room: string;
	queries: Open[];
	sockets: Set<string>;
}

export class QueryBoard {
	#nsp: Nsp;
	#live: LiveIncident;
	#monotonic: () => number;
	#lines = new Map<string, QueryLine>();
	#groups = new Map<string, Group>();
	#groupOf = new Map<string, string>();
	#counted = 0;
	#framedAt: number | null = null;
	#health: { simMs: number; services: HealthAnswer[] } | null = null;

	readonly names = new QueryNames();

	constructor(nsp: Nsp, live: LiveIncident, monotonic: () => number) {
		this.#nsp = nsp;
		this.#live = live;
		this.#monotonic = monotonic;
	}

	get idle(): boolean {
		return this.#groups.size === 0;
	}

	/** Replaces what a socket looks at; answers with the history of each query. */
	async open(socket: Socket, queries: Open[], window: { windowMs: number; stepMs: number }): Promise<QueryResult[]> {
		this.close(socket.id);
		if (queries.length === 0) return [];
		const signature = JSON.stringify(queries);
		const group = this.#groups.get(signature) ?? {
			room: `frames ${this.#live.incidentId} ${++this.#counted}`,
			queries,
			sockets: new Set<string>()
		};
		this.#groups.set(signature, group);
		group.sockets.add(socket.id);
		this.#groupOf.set(socket.id, signature);
		const toMs = this.#course().state.simMs;
		const span = {
			fromMs: toMs - Math.floor(window.windowMs / window.stepMs) * window.stepMs,
			toMs,
			stepMs: window.stepMs
		};
		const results: QueryResult[] = [];
		for (const [queryIndex, { key, query }] of queries.entries()) {
			results.push({ ...this.#line(query).history(this.#course(), span), key, queryIndex });
			// A dozen panels are a dozen pieces of work: others get their turn in between.
			await new Promise((resolve) => setImmediate(resolve));
		}
		// Disconnected, or asked for something else, while this was worked out.
		if (socket.connected && this.#groupOf.get(socket.id) === signature) void socket.join(group.room);
		return results;
	}

	close(socketId: string): void {
		const signature = this.#groupOf.get(socketId);
		if (signature === undefined) return;
		this.#groupOf.delete(socketId);
		const group = this.#groups.get(signature);
		if (!group) return;
		void this.#nsp.sockets.get(socketId)?.leave(group.room);
		group.sockets.delete(socketId);
		if (group.sockets.size > 0) return;
		this.#groups.delete(signature);
		const open = new Set([...this.#groups.values()].flatMap(({ queries }) => queries.map(({ query }) => query)));
		for (const query of this.#lines.keys()) if (!open.has(query)) this.#lines.delete(query);
	}

	/** A window of any query, apart from what is open; never beyond now. */
	async range(query: string, window: RangeWindow): Promise<QueryResult> {
		const course = this.#course();
		const toMs = Math.min(window.toMs, course.state.simMs);
		const line = this.#lines.get(query) ?? new QueryLine(query);
		return {
			...line.history(course, { ...window, fromMs: Math.min(window.fromMs, toMs), toMs }),
			key: query,
			queryIndex: 0
		};
	}

	health(): HealthAnswer[] {
		const { engine, state } = this.#course();
		if (this.#health?.simMs !== state.simMs) {
			this.#health = { simMs: state.simMs, services: engine.observation.health(state.world, state.simMs) };
		}
		return this.#health.services;
	}

	/** Sends one frame to every group, if time has passed since the last; true where it did. */
	frame(): boolean {
		const { course } = this.#live;
		if (this.idle || !(course instanceof PracticeCourse) || this.#framedAt === course.state.simMs) return false;
		this.#framedAt = course.state.simMs;
		const at = course.engine.compiled.startsAt + course.state.simMs;
		const sampled = new Map(
			[...this.#lines].map(([query, line]) => [query, line.sample(course, this.#monotonic)] as const)
		);
		for (const { room, queries } of this.#groups.values()) {
			const cells: FrameCell[] = [];
			for (const [queryIndex, { key, query }] of queries.entries()) {
				const sample = sampled.get(query);
				for (const { index, labels } of sample?.appeared ?? [])
					this.#nsp.to(room).emit('series', { key, index, labels });
				for (const { index, value } of sample?.cells ?? []) cells.push({ queryIndex, seriesIndex: index, value });
			}
			this.#nsp.to(room).volatile.emit('frame', encodeFrame({ at, cells }));
		}
		return true;
	}

	#line(query: string): QueryLine {
		const line = this.#lines.get(query) ?? new QueryLine(query);
		this.#lines.set(query, line);
		return line;
	}

	#course(): PracticeCourse {
		const { course } = this.#live;
		if (!(course instanceof PracticeCourse)) throw new Error('Only a simulated run has telemetry.');
		return course;
	}
}

/** All boards of one namespace, and what makes them tick. */
export class QueryBoards {
	static #byNamespace = new WeakMap<Namespace, QueryBoards>();

	#nsp: Nsp;
	#muster: Muster;
	#boards = new Map<LiveIncident, QueryBoard>();
	#busy = false;

	constructor(nsp: Nsp, muster: Muster) {
		this.#nsp = nsp;
		this.#muster = muster;
		const timer = setInterval(() => void this.#tick(), FRAME_MS);
		muster.onClose(() => clearInterval(timer));
		muster.onClose(muster.hub.watch({ lost: (live) => void this.#boards.delete(live) }));
	}

	static of(nsp: Namespace, muster: Muster): QueryBoards {
		const known = QueryBoards.#byNamespace.get(nsp);
		if (known && known.#muster === muster) return known;
		const boards = new QueryBoards(nsp, muster);
		QueryBoards.#byNamespace.set(nsp, boards);
		return boards;
	}

	board(live: LiveIncident): QueryBoard {
		const board = this.#boards.get(live) ?? new QueryBoard(this.#nsp, live, this.#muster.monotonic);
		this.#boards.set(live, board);
		return board;
	}

	/** One board after the other, with a turn for everybody else in between: fifty runs' panels are fifty pieces of work. */
	async #tick(): Promise<void> {
		if (this.#busy) return;
		this.#busy = true;
		for (const [live, board] of [...this.#boards]) {
			if (board.idle) {
				this.#boards.delete(live);
				continue;
			}
			try {
				if (board.frame()) await new Promise((resolve) => setImmediate(resolve));
			} catch (error) {
				this.#muster.metrics.faults.inc({ where: 'frame' });
				this.#muster.log.error({ incident: live.incidentId, err: error }, 'a frame could not be made');
			}
		}
		this.#busy = false;
	}
}
