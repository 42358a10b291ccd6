/** What can be seen of the simulated system: the series of the open panels, logs, health. Practice only. */
/* eslint-disable svelte/prefer-svelte-reactivity -- bookkeeping that nobody draws; what is drawn is $state */
import { getContext, setContext } from 'svelte';
import { io, type Socket } from 'socket.io-client';
import type { Refusal } from '../incident/refusal.ts';
import { decodeFrame } from '../protocol/frame.ts';
import {
	PROTOCOL_VERSION,
	TELEMETRY_NAMESPACE,
	type HealthAnswer,
	type LogsAnswer,
	type LogsMessage,
	type QueryResult,
	type TelemetryClientToServer,
	type TelemetryServerToClient
} from '../protocol/messages.ts';
import { socketOptions } from './connection.ts';
import { SeriesTable } from './series-table.ts';

/** Windows of the dashboards, and the step of their history: about 240 points each. */
export const RANGES = {
	'5m': { windowMs: 5 * 60_000, stepMs: 5_000 },
	'15m': { windowMs: 15 * 60_000, stepMs: 5_000 },
	'1h': { windowMs: 60 * 60_000, stepMs: 15_000 },
	'6h': { windowMs: 6 * 60 * 60_000, stepMs: 60_000 }
} as const;
export type RangeName = keyof typeof RANGES;

const UNAVAILABLE: Refusal = { ok: false, code: 'unavailable', message: 'The line to the server is down; try again.' };
const SLOW: Refusal = { ok: false, code: 'unavailable', message: 'The server takes too long to answer; try again.' };
const ANSWER_TIMEOUT_MS = 20_000;
/** A dozen histories on a busy machine; they come in the end. */
const OPEN_TIMEOUT_MS = 90_000;
const SETTLE_MS = 30;
const RETRY_MS = 2_000;
const HEALTH_MS = 3_000;

type Message<K extends keyof TelemetryClientToServer> = Parameters<TelemetryClientToServer[K]>[0];
/** What the server answers to one kind of question. A lost line is a refusal too, which every answer may be. */
type Reply<K extends keyof TelemetryClientToServer> = Parameters<Parameters<TelemetryClientToServer[K]>[1]>[0];
/** The socket as one generic question needs it: the pairing of message and answer stands in `ask`. */
interface Asking {
	timeout(ms: number): {
		emit(kind: string, message: unknown, done: (error: Error | null, answer: unknown) => void): void;
	};
}

interface OpenQuery {
	query: string;
	watchers: number;
	table: SeriesTable | null;
	problem: QueryProblem | null;
	notes: readonly string[];
}

/** Why a query has no answer, and where in its text. */
export interface QueryProblem {
	message: string;
	at: QueryResult['errorAt'];
}

export class Telemetry {
	/** Counts frames and histories: whoever reads tables reads this first, and is then told of every change. */
	version = $state(0);
	online = $state(false);
	range = $state<RangeName>('1h');
	/** Part of the window that people look at, incident time; null for all of it. Shared by all charts. */
	zoom = $state.raw<{ fromAt: number; toAt: number } | null>(null);
	/** Moment under the shared crosshair, incident time; null where there is none. */
	cursorAt = $state<number | null>(null);
	health = $state.raw<HealthAnswer[]>([]);
	/** Incident time of the newest samples: where charts end. */
	latestAt = $state(0);

	#socket: Socket<TelemetryServerToClient, TelemetryClientToServer>;
	#open = new Map<string, OpenQuery>();
	/** Keys by their position in frames. */
	#positions = new Map<number, string>();
	#settle: ReturnType<typeof setTimeout> | undefined;
	#asked = 0;
	/** What this connection was last asked for: the same is not asked for again. */
	#sent = '';
	#healthWatchers = 0;
	#healthTimer: ReturnType<typeof setInterval> | undefined;
	#names: Promise<{ name: string; type: string; help: string }[]> | null = null;

	constructor(incidentId: string, token: string) {
		this.#socket = io(TELEMETRY_NAMESPACE, socketOptions({ protocol: PROTOCOL_VERSION, incidentId, token }));
		this.#socket.on('connect', () => {
			this.online = true;
			this.#names = null;
			this.#sent = '';
			this.#send();
			if (this.#healthWatchers > 0) void this.#refreshHealth();
		});
		this.#socket.on('disconnect', () => {
			this.online = false;
		});
		this.#socket.on('frame', (bytes) => this.#frame(bytes));
		this.#socket.on('series', ({ key, index, labels }) => {
			this.#open.get(key)?.table?.addSeries(index, labels);
			this.version++;
		});
	}

	/** Keeps queries open until the returned function is called. The same query is opened once, however many watch it. */
	watch(queries: readonly string[]): () => void {
		for (const query of queries) {
			const open = this.#open.get(query) ?? { query, watchers: 0, table: null, problem: null, notes: [] };
			open.watchers++;
			this.#open.set(query, open);
		}
		this.#later();
		return () => {
			for (const query of queries) {
				const open = this.#open.get(query);
				if (open) open.watchers--;
			}
			// Whoever watches the same again a moment later finds it as it was.
			this.#later();
		};
	}

	/** Samples of an open query; null while its history is on the way. Read `version` beside it. */
	table(query: string): SeriesTable | null {
		return this.#open.get(query)?.table ?? null;
	}

	/** Why the server cannot answer an open query; null where it can. */
	problem(query: string): QueryProblem | null {
		return this.#open.get(query)?.problem ?? null;
	}

	/** Remarks on an open query that is answered. */
	notes(query: string): readonly string[] {
		return this.#open.get(query)?.notes ?? [];
	}

	setRange(range: RangeName): void {
		this.range = range;
		this.zoom = null;
		this.#later();
	}

	/** A window of any query, apart from what is open. Times are incident time. */
	async rangeOf(query: string, fromAt: number, toAt: number, stepMs: number): Promise<QueryResult | Refusal> {
		const answer = await this.ask('range', { query, fromAt, toAt, stepMs });
		return answer.ok ? answer.result : answer;
	}

	/** The same as a table; null where it is refused. */
	async tableOf(query: string, fromAt: number, toAt: number, stepMs: number): Promise<SeriesTable | null> {
		const result = await this.rangeOf(query, fromAt, toAt, stepMs);
		return 'code' in result || result.error ? null : new SeriesTable(result.series, Infinity, stepMs);
	}

	async logs(message: LogsMessage): Promise<LogsAnswer | Refusal> {
		const answer = await this.ask('logs', message);
		return answer.ok ? answer.page : answer;
	}

	/** Names of metric families, for completion. */
	names(): Promise<{ name: string; type: string; help: string }[]> {
		this.#names ??= this.ask('names', {}).then((answer) => (answer.ok ? answer.families : []));
		return this.#names;
	}

	/** Labels with their values, of one metric or of all, for completion. */
	async labels(metric: string | null): Promise<Record<string, string[]>> {
		const answer = await this.ask('labels', { metric });
		return answer.ok ? answer.labels : {};
	}

	/** Keeps `health` fresh until the returned function is called. */
	watchHealth(): () => void {
		this.#healthWatchers++;
		if (this.#healthWatchers === 1) {
			void this.#refreshHealth();
			this.#healthTimer = setInterval(() => void this.#refreshHealth(), HEALTH_MS);
		}
		return () => {
			this.#healthWatchers--;
			if (this.#healthWatchers === 0) clearInterval(this.#healthTimer);
		};
	}

	close(): void {
		clearTimeout(this.#settle);
		clearInterval(this.#healthTimer);
		this.#socket.disconnect();
	}

	async #refreshHealth(): Promise<void> {
		if (!this.online) return;
		const answer = await this.ask('health', {});
		if (answer.ok) this.health = answer.services;
	}

	/** Panels come and go by the dozen: one message when they have settled. */
	#later(): void {
		clearTimeout(this.#settle);
		this.#settle = setTimeout(() => this.#send(), SETTLE_MS);
	}

	#send(): void {
		for (const [query, { watchers }] of this.#open) if (watchers <= 0) this.#open.delete(query);
		if (!this.#socket.connected) return;
		const { windowMs, stepMs } = RANGES[this.range];
		const queries = [...this.#open.keys()].map((query) => ({ key: query, query }));
		const wanted = JSON.stringify([this.range, ...this.#open.keys()]);
		if (wanted === this.#sent) return;
		this.#sent = wanted;
		const asked = ++this.#asked;
		void this.ask('open', { queries, windowMs, stepMs }, OPEN_TIMEOUT_MS).then((answer) => {
			// Asked again in the meantime: the later answer has the positions that frames use.
			if (asked !== this.#asked) return;
			if (!answer.ok) return this.#askAgain(answer);
			this.#positions = new Map(answer.results.map(({ key, queryIndex }) => [queryIndex, key]));
			for (const { key, error, errorAt, notes, series } of answer.results) {
				const open = this.#open.get(key);
				if (!open) continue;
				open.problem = error === null ? null : { message: error, at: errorAt };
				open.notes = notes;
				open.table = error === null ? new SeriesTable(series, windowMs, stepMs) : null;
				this.latestAt = Math.max(this.latestAt, open.table?.times.at(-1) ?? 0);
			}
			this.version++;
		});
	}

	/** A server that is busy or away for a moment leaves the panels empty for that moment, not for good. */
	#askAgain({ code }: Refusal): void {
		this.#sent = '';
		if (code !== 'unavailable' && code !== 'too_many') return;
		clearTimeout(this.#settle);
		this.#settle = setTimeout(() => this.#send(), RETRY_MS);
	}

	#frame(bytes: ArrayBuffer): void {
		const frame = decodeFrame(bytes);
		if (!frame) return;
		const byQuery = new Map<number, { seriesIndex: number; value: number }[]>();
		for (const { queryIndex, seriesIndex, value } of frame.cells) {
			const cells = byQuery.get(queryIndex);
			if (cells) cells.push({ seriesIndex, value });
			else byQuery.set(queryIndex, [{ seriesIndex, value }]);
		}
		for (const [position, key] of this.#positions) {
			// A query that answered with nothing has no row: costly ones are not asked at every tick.
			const cells = byQuery.get(position);
			if (cells) this.#open.get(key)?.table?.append(frame.at, cells);
		}
		this.latestAt = Math.max(this.latestAt, frame.at);
		this.version++;
	}

	/** Every question has an end: an answer, or a refusal when the line is lost. */
	ask<K extends keyof TelemetryClientToServer>(
		kind: K,
		message: Message<K>,
		timeoutMs = ANSWER_TIMEOUT_MS
	): Promise<Reply<K>> {
		if (!this.#socket.connected) return Promise.resolve(UNAVAILABLE as Reply<K>);
		const socket = this.#socket as unknown as Asking;
		return new Promise((resolve) =>
			socket
				.timeout(timeoutMs)
				.emit(kind, message, (error, answer) => resolve(error ? (SLOW as Reply<K>) : (answer as Reply<K>)))
		);
	}
}

const TELEMETRY = Symbol('telemetry');

export function provideTelemetry(telemetry: Telemetry | null): Telemetry | null {
	return setContext(TELEMETRY, telemetry);
}
/** Null in a real incident: there is nothing simulated to look at. */
export function useTelemetry(): Telemetry | null {
	return getContext<Telemetry | null>(TELEMETRY);
}
