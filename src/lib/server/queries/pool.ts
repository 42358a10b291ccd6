// Worker threads that answer questions about runs. One that takes too long, or too much memory, is ended and another begun;
// the threads that keep the runs' time never wait for it.

import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import type { CompiledScenario } from '../../scenario/library.ts';
import type { WorldState } from '../../world/types.ts';
import {
	failure,
	type Ask,
	type Failure,
	type QuerySource,
	type Shape,
	type WorkerReply,
	type WorkerRequest
} from './ask.ts';
import { TOO_MANY_SAMPLES } from './words.ts';

export interface PoolOptions {
	/** Folder of the product. */
	root: string;
	/** Threads at most; they are begun as they are needed. */
	size: number;
	/** JavaScript heap of each, in MiB. */
	heapMb: number;
	/** Questions of one lane that may wait at once. */
	mostWaiting: number;
	/** Is told of faults, for the log. */
	report: (problem: string) => void;
}

export interface Task {
	/**
	 * Whose question it is. A lane never holds every thread, so that one endless question delays nobody else; the room's own panels
	 * and the tools of its people are two lanes.
	 */
	lane: string;
	source: QuerySource;
	ask: Ask;
	shape: Shape;
	/** Wall milliseconds from now, waiting included. */
	timeoutMs: number;
}

export type Reply = Exclude<WorkerReply, { type: 'missing' | 'fault' }> | Failure;

interface Waiting extends Task {
	id: number;
	settle: (reply: Reply) => void;
	/** On the clock of `performance.now`. */
	deadline: number;
}

interface Slot {
	worker: Worker;
	task: Waiting | null;
	/** What the thread is believed to remember. */
	scenarios: Set<string>;
	worlds: Map<string, WorldState>;
}

export class QueryPool {
	readonly #options: PoolOptions;
	#slots: Slot[] = [];
	#waiting: Waiting[] = [];
	#counted = 0;
	#closed = false;

	constructor(options: PoolOptions) {
		this.#options = options;
	}

	/** Questions that are being answered, and that wait. */
	get load(): { running: number; waiting: number } {
		return { running: this.#slots.filter(({ task }) => task !== null).length, waiting: this.#waiting.length };
	}

	/** Begins a thread where there is none. */
	warm(): void {
		if (this.#slots.length === 0 && !this.#closed) this.#begin();
	}

	/** Never rejects: what goes wrong is an answer. */
	submit(task: Task): Promise<Reply> {
		if (this.#closed) return Promise.resolve(failure('closed', 'Muster is ending.'));
		const ahead = this.#waiting.filter(({ lane }) => lane === task.lane).length;
		if (ahead >= this.#options.mostWaiting) {
			return Promise.resolve(failure('busy', `${ahead} queries of this run wait already; try again in a moment`));
		}
		return new Promise((resolve) => {
			const id = ++this.#counted;
			const timer = setTimeout(() => this.#expire(id), task.timeoutMs);
			const settle = (reply: Reply) => {
				clearTimeout(timer);
				resolve(reply);
			};
			this.#waiting.push({ ...task, id, settle, deadline: performance.now() + task.timeoutMs });
			this.#dispatch();
		});
	}

	async close(): Promise<void> {
		this.#closed = true;
		for (const task of this.#waiting.splice(0)) task.settle(failure('closed', 'Muster is ending.'));
		const slots = this.#slots.splice(0);
		for (const { task } of slots) task?.settle(failure('closed', 'Muster is ending.'));
		await Promise.all(slots.map(({ worker }) => worker.terminate()));
	}

	#dispatch(): void {
		for (;;) {
			const at = this.#nextFit();
			const task = this.#waiting[at];
			if (!task) return;
			// Those that waited together end together: no thread is begun for what is about to be given up.
			if (performance.now() >= task.deadline - ABOUT_TO_END_MS) {
				this.#waiting.splice(at, 1);
				task.settle(failure('waiting', LATE));
				continue;
			}
			const slot = this.#slotFor(task);
			if (!slot) return;
			this.#waiting.splice(at, 1);
			slot.task = task;
			this.#send(slot, task);
		}
	}

	/** The first that waits of the lane that has the fewest threads; -1 where all lanes have what they may. */
	#nextFit(): number {
		const mostOfOne = Math.max(1, this.#options.size - 1);
		let best = -1;
		let fewest = mostOfOne;
		for (const [at, { lane }] of this.#waiting.entries()) {
			const running = this.#slots.filter(({ task }) => task?.lane === lane).length;
			if (running < fewest) [best, fewest] = [at, running];
		}
		return best;
	}

	/** A free thread, rather one that knows the run already. */
	#slotFor({ source }: Task): Slot | null {
		const free = this.#slots.filter(({ task }) => task === null);
		const knows = free.find(({ worlds }) => worlds.has(source.key));
		if (knows) return knows;
		if (this.#slots.length < this.#options.size) return this.#begin();
		return free[0] ?? null;
	}

	#begin(): Slot {
		const { root, heapMb } = this.#options;
		const worker = new Worker(join(root, 'src/lib/server/queries/boot.mjs'), {
			resourceLimits: { maxOldGenerationSizeMb: heapMb },
			// Of the launcher's own flags none is meant for these.
			execArgv: []
		});
		worker.unref();
		const slot: Slot = { worker, task: null, scenarios: new Set(), worlds: new Map() };
		this.#slots.push(slot);
		worker.on('message', (reply: WorkerReply) => this.#hear(slot, reply));
		worker.on('error', (error: Error & { code?: string }) => {
			const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
			if (!memory) this.#options.report(error.stack ?? error.message);
			this.#end(slot, memory ? failure('memory', TOO_MANY_SAMPLES) : failure('fault', FAULT));
		});
		worker.on('exit', () => this.#end(slot, failure('fault', FAULT)));
		return slot;
	}

	#send(slot: Slot, { id, source, ask, shape }: Waiting, whole = false): void {
		const { key, compiled, seed, world, simMs, baseMs } = source;
		const { contentHash } = compiled;
		const request: WorkerRequest = {
			id,
			ask,
			shape,
			key,
			contentHash,
			seed,
			simMs,
			baseMs,
			compiled: whole || !slot.scenarios.has(contentHash) ? plain(compiled) : null,
			world: whole || slot.worlds.get(key) !== world ? world : null
		};
		slot.scenarios.add(contentHash);
		slot.worlds.set(key, world);
		// What it may have forgotten by now is sent again when it says so.
		if (slot.worlds.size > 64) for (const oldest of [...slot.worlds.keys()].slice(0, 32)) slot.worlds.delete(oldest);
		slot.worker.postMessage(request);
	}

	#hear(slot: Slot, reply: WorkerReply): void {
		const { task } = slot;
		if (!task || task.id !== reply.id) return;
		if (reply.type === 'missing') return this.#send(slot, task, true);
		slot.task = null;
		if (reply.type === 'fault') {
			this.#options.report(reply.message);
			slot.worlds.delete(task.source.key);
			task.settle(failure('fault', FAULT));
		} else task.settle(reply);
		this.#dispatch();
	}

	/** Its time is over, waiting or at work. */
	#expire(id: number): void {
		const at = this.#waiting.findIndex((task) => task.id === id);
		if (at >= 0) {
			const [task] = this.#waiting.splice(at, 1);
			task?.settle(failure('waiting', LATE));
			return;
		}
		const slot = this.#slots.find(({ task }) => task?.id === id);
		if (slot) this.#end(slot, failure('timeout', 'query timed out in expression evaluation'));
	}

	#end(slot: Slot, reply: Failure): void {
		if (!this.#slots.includes(slot)) return;
		this.#slots = this.#slots.filter((one) => one !== slot);
		void slot.worker.terminate();
		slot.task?.settle(reply);
		slot.task = null;
		this.#dispatch();
	}
}

const ABOUT_TO_END_MS = 50;
const LATE = 'query timed out in query queue';
const FAULT = 'Muster failed at this query and wrote down why.';

/** Only what can be sent: a scenario out of the database or a registry is plain data already, one under test may carry more. */
function plain(compiled: CompiledScenario): CompiledScenario {
	return JSON.parse(JSON.stringify(compiled)) as CompiledScenario;
}
