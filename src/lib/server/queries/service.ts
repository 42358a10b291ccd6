// Where the server asks about a run's telemetry: in worker threads, with limits, beside the threads that keep the runs' time.

import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import type { Refusal } from '../../incident/refusal.ts';
import type { LiveIncident } from '../runs/live-incident.ts';
import { simulationOf } from '../runs/simulation.ts';
import type { Metrics } from '../metrics.ts';
import { failure, type Answers, type Ask, type Failure, type Outcome, type QuerySource } from './ask.ts';
import { QueryPool, type Reply } from './pool.ts';

/** Who asks: the panels of the room, or people's own tools. Neither keeps the other waiting. */
export type Lane = 'room' | 'tool';

export interface QueryServiceOptions {
	root: string;
	metrics: Metrics;
	report: (problem: string) => void;
	/** Threads; two or more, so that nobody's endless question stops all others. */
	size?: number;
	/** How long a question may take unless it asks for less, waiting included. Wall milliseconds. */
	timeoutMs?: number;
}

export const MOST_QUERY_MS = 20_000;
const HEAP_MB = 512;
const MOST_WAITING = 64;

export class QueryService {
	readonly #pool: QueryPool;
	readonly #metrics: Metrics;
	readonly #timeoutMs: number;

	constructor({ root, metrics, report, size, timeoutMs = MOST_QUERY_MS }: QueryServiceOptions) {
		this.#metrics = metrics;
		this.#timeoutMs = timeoutMs;
		this.#pool = new QueryPool({
			root,
			size: size ?? Math.max(2, Math.min(4, availableParallelism())),
			heapMb: HEAP_MB,
			mostWaiting: MOST_WAITING,
			report
		});
	}

	/** The value of a question. Never rejects; what cannot be answered says why. */
	async ask<A extends Ask>(
		source: QuerySource,
		ask: A,
		lane: Lane,
		timeoutMs = this.#timeoutMs
	): Promise<Outcome<Answers[A['type']]>> {
		const reply = await this.#submit(source, ask, 'value', lane, timeoutMs);
		if (!('type' in reply)) return reply;
		if (reply.type !== 'value') return failure('fault', 'A worker answered in another shape than it was asked for.');
		// Made by `answer`, which gives each question the type that stands beside it.
		return reply.outcome as Outcome<Answers[A['type']]>;
	}

	/** The same as the bytes of Prometheus' JSON (of its text format for `exposition`), encoded in the worker. */
	async bytes(
		source: QuerySource,
		ask: Ask,
		lane: Lane,
		timeoutMs = this.#timeoutMs
	): Promise<{ ok: true; bytes: Uint8Array } | Failure> {
		const reply = await this.#submit(source, ask, 'prometheus', lane, timeoutMs);
		if (!('type' in reply)) return reply;
		if (reply.type !== 'bytes') return failure('fault', 'A worker answered in another shape than it was asked for.');
		return { ok: true, bytes: reply.bytes };
	}

	/** Begins the first thread, so that the first room that opens its panels does not wait for it. */
	warm(): void {
		this.#pool.warm();
	}

	get load(): { running: number; waiting: number } {
		return this.#pool.load;
	}

	close(): Promise<void> {
		return this.#pool.close();
	}

	async #submit(
		source: QuerySource,
		ask: Ask,
		shape: 'value' | 'prometheus',
		lane: Lane,
		timeoutMs: number
	): Promise<Reply> {
		const began = performance.now();
		const reply = await this.#pool.submit({
			lane: `${source.key} ${lane}`,
			source,
			ask,
			shape,
			timeoutMs: Math.max(1, Math.min(timeoutMs, this.#timeoutMs))
		});
		this.#metrics.querySeconds.observe({ lane }, (performance.now() - began) / 1000);
		if (!('type' in reply)) this.#metrics.queryFailures.inc({ code: reply.code });
		return reply;
	}
}

/**
 * What questions about an incident are asked of, as it stands now. `baseMs` is what simulated time 0 is on the asker's clock:
 * incident time unless given.
 */
export function sourceOf(live: LiveIncident, baseMs?: number): { ok: true; source: QuerySource } | Refusal {
	const found = simulationOf(live);
	if (!found.ok) return found;
	const { engine, state } = found.course;
	const { compiled } = engine;
	return {
		ok: true,
		source: {
			// A run that lost its last moments with its database goes on under another epoch: nothing is remembered across that.
			key: `${live.incidentId} ${live.epoch}`,
			compiled,
			seed: state.seed,
			world: state.world,
			simMs: state.simMs,
			baseMs: baseMs ?? compiled.startsAt
		}
	};
}
