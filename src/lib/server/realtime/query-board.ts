// The open queries of one run. Each distinct query is evaluated once per tick, in a worker thread, however many people look
// at it, and those who have the same panels open share one frame.

import type { Namespace, Socket } from 'socket.io';
import { refuse, type Refusal } from '../../incident/refusal.ts';
import type {
	HealthAnswer,
	QueryResult,
	TelemetryClientToServer,
	TelemetryServerToClient
} from '../../protocol/messages.ts';
import type { ExemplarAnswer } from '../../protocol/traces.ts';
import { encodeFrame, type FrameCell } from '../../protocol/frame.ts';
import type { Muster } from '../muster.ts';
import type { LiveIncident } from '../runs/live-incident.ts';
import { PracticeCourse } from '../runs/practice-course.ts';
import { INSTANT_LIMITS, QueryLine, type RangeWindow, type Sample } from './query-line.ts';
import { QueryNames } from './query-names.ts';
import { RunAsker } from './run-asker.ts';

type Nsp = Namespace<TelemetryClientToServer, TelemetryServerToClient>;

const FRAME_MS = 500;
/** Histories asked for at once by one socket: the frames of the others come in between. */
const AT_ONCE = 4;
const WITHOUT_TELEMETRY = 'Only a simulated run has telemetry.';

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
	#muster: Muster;
	#live: LiveIncident;
	#lines = new Map<string, QueryLine>();
	#groups = new Map<string, Group>();
	#groupOf = new Map<string, string>();
	/** The question of each socket that is still being answered. */
	#openings = new Map<string, number>();
	#counted = 0;
	#framedAt: number | null = null;
	#asking = false;
	#health: { simMs: number; services: HealthAnswer[] } | null = null;

	readonly names = new QueryNames();

	constructor(nsp: Nsp, muster: Muster, live: LiveIncident) {
		this.#nsp = nsp;
		this.#muster = muster;
		this.#live = live;
	}

	get idle(): boolean {
		return this.#groups.size === 0;
	}

	/**
	 * Replaces what a socket looks at; answers with the history of each query, or null where the socket has gone or has asked for
	 * something else before all were worked out.
	 */
	async open(
		socket: Socket,
		queries: Open[],
		window: { windowMs: number; stepMs: number }
	): Promise<QueryResult[] | null> {
		const opening = ++this.#counted;
		const signature = JSON.stringify(queries);
		this.#leave(socket.id);
		if (queries.length > 0) this.#join(socket.id, signature, queries);
		this.#prune();
		if (queries.length === 0) return [];
		this.#openings.set(socket.id, opening);
		const asker = this.#asker();
		const toMs = asker.simMs;
		const fromMs = toMs - Math.floor(window.windowMs / window.stepMs) * window.stepMs;
		const results: QueryResult[] = [];
		for (let first = 0; first < queries.length; first += AT_ONCE) {
			const answers = queries.slice(first, first + AT_ONCE).map(async ({ key, query }, i) => {
				const answer = await this.#line(query).history(asker, { fromMs, toMs, stepMs: window.stepMs });
				return { ...answer, key, queryIndex: first + i };
			});
			results.push(...(await Promise.all(answers)));
			if (!socket.connected || this.#openings.get(socket.id) !== opening) return null;
		}
		const group = this.#groups.get(signature);
		if (group) void socket.join(group.room);
		return results;
	}

	close(socketId: string): void {
		this.#leave(socketId);
		this.#prune();
	}

	#join(socketId: string, signature: string, queries: Open[]): void {
		const room = `frames ${this.#live.incidentId} ${this.#counted}`;
		const group = this.#groups.get(signature) ?? { room, queries, sockets: new Set<string>() };
		this.#groups.set(signature, group);
		group.sockets.add(socketId);
		this.#groupOf.set(socketId, signature);
	}

	#leave(socketId: string): void {
		this.#openings.delete(socketId);
		const signature = this.#groupOf.get(socketId);
		const group = signature === undefined ? undefined : this.#groups.get(signature);
		if (signature === undefined || !group) return;
		this.#groupOf.delete(socketId);
		void this.#nsp.sockets.get(socketId)?.leave(group.room);
		group.sockets.delete(socketId);
		if (group.sockets.size === 0) this.#groups.delete(signature);
	}

	/** Forgets the queries that nobody looks at any more. */
	#prune(): void {
		const open = new Set([...this.#groups.values()].flatMap(({ queries }) => queries.map(({ query }) => query)));
		for (const query of this.#lines.keys()) if (!open.has(query)) this.#lines.delete(query);
	}

	/** A window of any query, apart from what is open; never beyond now. */
	async range(query: string, window: RangeWindow): Promise<QueryResult> {
		const asker = this.#asker();
		const toMs = Math.min(window.toMs, asker.simMs);
		const line = this.#lines.get(query) ?? new QueryLine(query);
		const answer = await line.history(asker, { ...window, fromMs: Math.min(window.fromMs, toMs), toMs });
		return { ...answer, key: query, queryIndex: 0 };
	}

	/** Requests behind the latency histograms that a query selects, of a window. */
	async exemplars(
		query: string,
		{ fromMs, toMs }: { fromMs: number; toMs: number }
	): Promise<{ ok: true; exemplars: ExemplarAnswer[] } | Refusal> {
		const asker = this.#asker();
		const found = await asker.ask({ type: 'exemplars', query, startMs: fromMs, endMs: toMs });
		if (!found.ok) return refuse('malformed', found.message);
		const exemplars = found.value.flatMap(({ seriesLabels, exemplars: of }) =>
			of.map(({ labels, value, timeMs }) => ({
				at: asker.startsAt + timeMs,
				value,
				traceId: labels.trace_id ?? '',
				service: seriesLabels.service ?? '',
				endpoint: seriesLabels.endpoint ?? ''
			}))
		);
		return { ok: true, exemplars: exemplars.sort((a, b) => a.at - b.at) };
	}

	health(): HealthAnswer[] {
		const { engine, state } = this.#course();
		if (this.#health?.simMs !== state.simMs) {
			this.#health = { simMs: state.simMs, services: engine.observation.health(state.world, state.simMs) };
		}
		return this.#health.services;
	}

	/** Sends one frame to every group, if time has passed since the last. One at a time: what takes longer than a tick is waited for. */
	async frame(): Promise<void> {
		const asker = this.idle || this.#asking ? null : RunAsker.of(this.#muster.queries, this.#live);
		if (!asker || this.#framedAt === asker.simMs) return;
		this.#framedAt = asker.simMs;
		this.#asking = true;
		try {
			this.#send(asker.startsAt + asker.simMs, await this.#sampled(asker));
		} finally {
			this.#asking = false;
		}
	}

	/** The value now of every query whose turn it is. */
	async #sampled(asker: RunAsker): Promise<Map<string, Sample>> {
		const { monotonic } = this.#muster;
		const began = monotonic();
		const due = [...this.#lines].filter(([, line]) => !line.rests(began));
		const queries = due.map(([query]) => query);
		const found = await asker.ask({ type: 'instants', queries, atMs: asker.simMs, limits: INSTANT_LIMITS });
		const ended = monotonic();
		const sampled = new Map<string, Sample>();
		for (const [at, [query, line]] of due.entries()) {
			const timed = found.ok ? found.value[at] : null;
			line.rest(ended, timed?.tookMs ?? ended - began);
			if (timed) sampled.set(query, line.sample(timed.outcome));
		}
		return sampled;
	}

	#send(at: number, sampled: ReadonlyMap<string, Sample>): void {
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
	}

	#line(query: string): QueryLine {
		const line = this.#lines.get(query) ?? new QueryLine(query);
		this.#lines.set(query, line);
		return line;
	}

	#asker(): RunAsker {
		const asker = RunAsker.of(this.#muster.queries, this.#live);
		if (!asker) throw new Error(WITHOUT_TELEMETRY);
		return asker;
	}

	#course(): PracticeCourse {
		const { course } = this.#live;
		if (!(course instanceof PracticeCourse)) throw new Error(WITHOUT_TELEMETRY);
		return course;
	}
}

/** All boards of one namespace, and what makes them tick. */
export class QueryBoards {
	static #byNamespace = new WeakMap<Namespace, QueryBoards>();

	#nsp: Nsp;
	#muster: Muster;
	#boards = new Map<LiveIncident, QueryBoard>();

	constructor(nsp: Nsp, muster: Muster) {
		this.#nsp = nsp;
		this.#muster = muster;
		const timer = setInterval(() => this.#tick(), FRAME_MS);
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
		const board = this.#boards.get(live) ?? new QueryBoard(this.#nsp, this.#muster, live);
		this.#boards.set(live, board);
		return board;
	}

	#tick(): void {
		for (const [live, board] of [...this.#boards]) {
			if (board.idle) this.#boards.delete(live);
			else board.frame().catch((error: unknown) => this.#report(live, error));
		}
	}

	#report(live: LiveIncident, error: unknown): void {
		this.#muster.metrics.faults.inc({ where: 'frame' });
		this.#muster.log.error({ incident: live.incidentId, err: error }, 'a frame could not be made');
	}
}
