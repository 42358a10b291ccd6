// Where scenarios of authors are read and played: a thread of its own, one piece of work after the other, each with a limit.
//
// What an author wrote may be endless or huge. The thread is ended then, and another begun for the next.

import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PreviewLine, PreviewOrder, StudioFiles } from '../../protocol/studio.ts';
import type { Files } from '../../scenario/load.ts';
import type { Checked } from './work.ts';

export type BenchWork = { type: 'check'; id: string; files: StudioFiles } | ({ type: 'preview' } & PreviewOrder);

export interface BenchRequest {
	id: number;
	work: BenchWork;
	/** One Int32: not zero as soon as nobody waits for the answer any more. */
	gone: SharedArrayBuffer;
}

export type BenchReply =
	| { id: number; type: 'checked'; checked: Checked }
	| { id: number; type: 'line'; line: PreviewLine }
	| { id: number; type: 'fault'; message: string }
	| { id: number; type: 'end' };

export interface WorkbenchOptions {
	/** Folder of the product. */
	root: string;
	topologies: Files;
	/** Is told of faults, for the log. */
	report: (problem: string) => void;
	/** How long one piece of work may take, ms. */
	limitMs?: number;
	heapMb?: number;
}

interface Task {
	id: number;
	work: BenchWork;
	gone: Int32Array<SharedArrayBuffer>;
	hear: (reply: BenchReply) => void;
	/** Called once, when nothing more comes; the sentence says why where it was not carried through. */
	ended: (failure: string | null) => void;
	timer: NodeJS.Timeout | null;
}

const LIMIT_MS = 60_000;
const HEAP_MB = 512;
const MOST_WAITING = 20;
const BUSY = 'Others are previewing their scenarios already. It is tried again with your next change.';
const CLOSED = 'Muster is ending.';

export class Workbench {
	readonly #options: WorkbenchOptions;
	#worker: Worker | null = null;
	#tasks: Task[] = [];
	#running: Task | null = null;
	#counted = 0;
	#closed = false;

	constructor(options: WorkbenchOptions) {
		this.#options = options;
	}

	/** What the loader says of files; never rejects for what an author wrote. */
	check(id: string, files: StudioFiles): Promise<Checked> {
		return new Promise((resolve) => {
			let checked: Checked | null = null;
			this.#submit(
				{ type: 'check', id, files },
				(reply) => {
					if (reply.type === 'checked') checked = reply.checked;
				},
				(failure) => resolve(checked ?? { compiled: null, problems: [unreadable(failure ?? 'It cannot be read.')] })
			);
		});
	}

	/** Checks and plays; every step is told. `signal` gives it up: whoever asked has left, or has typed on. */
	preview(order: PreviewOrder, tell: (line: PreviewLine) => void, signal: AbortSignal): Promise<void> {
		return new Promise((resolve) => {
			if (this.#running) tell({ type: 'waiting' });
			const task = this.#submit(
				{ type: 'preview', ...order },
				(reply) => {
					if (reply.type === 'line') tell(reply.line);
				},
				(failure) => {
					if (failure !== null && !signal.aborted) tell({ type: 'failed', message: failure });
					resolve();
				}
			);
			const leave = () => {
				Atomics.store(task.gone, 0, 1);
				if (this.#tasks.includes(task)) {
					this.#tasks = this.#tasks.filter((one) => one !== task);
					task.ended(null);
				}
			};
			if (signal.aborted) leave();
			else signal.addEventListener('abort', leave, { once: true });
		});
	}

	async close(): Promise<void> {
		this.#closed = true;
		for (const task of this.#tasks.splice(0)) task.ended(CLOSED);
		const worker = this.#worker;
		this.#end(CLOSED);
		await worker?.terminate();
	}

	#submit(work: BenchWork, hear: Task['hear'], ended: Task['ended']): Task {
		const gone = new Int32Array(new SharedArrayBuffer(4));
		const task: Task = { id: ++this.#counted, work, gone, hear, ended, timer: null };
		if (this.#closed) ended(CLOSED);
		// What the library and a save need is never turned away.
		else if (work.type === 'preview' && this.#tasks.length >= MOST_WAITING) ended(BUSY);
		else {
			this.#tasks.push(task);
			this.#next();
		}
		return task;
	}

	#next(): void {
		if (this.#running) return;
		const task = this.#tasks.shift();
		if (!task) return;
		this.#running = task;
		const limitMs = this.#options.limitMs ?? LIMIT_MS;
		task.timer = setTimeout(() => {
			this.#end(
				`This took longer than ${Math.round(limitMs / 1000)} seconds and was given up. Make the scenario shorter or smaller, or look for a rule or pattern that never ends.`
			);
		}, limitMs);
		task.timer.unref();
		this.#worker ??= this.#begin();
		this.#worker.postMessage({ id: task.id, work: task.work, gone: task.gone.buffer } satisfies BenchRequest);
	}

	#begin(): Worker {
		const { root, topologies, heapMb, report } = this.#options;
		const worker = new Worker(join(root, 'src/lib/server/studio/boot.mjs'), {
			workerData: { topologies },
			resourceLimits: { maxOldGenerationSizeMb: heapMb ?? HEAP_MB },
			// Of the launcher's own flags none is meant for these.
			execArgv: []
		});
		worker.unref();
		worker.on('message', (reply: BenchReply) => {
			const task = this.#running;
			if (worker !== this.#worker || task?.id !== reply.id) return;
			if (reply.type === 'end') return this.#finish(null);
			if (reply.type === 'fault') {
				report(reply.message);
				return this.#finish('Muster failed at this scenario and wrote down why.');
			}
			task.hear(reply);
		});
		worker.on('error', (error: Error & { code?: string }) => {
			if (worker !== this.#worker) return;
			const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
			if (!memory) report(error.stack ?? error.message);
			this.#end(
				memory
					? 'This scenario needs more memory than Muster grants: make it smaller.'
					: 'Muster failed at this scenario and wrote down why.'
			);
		});
		worker.on('exit', () => {
			if (worker === this.#worker) this.#end('Muster failed at this scenario.');
		});
		return worker;
	}

	/** Ends the thread, and what it was at. */
	#end(failure: string): void {
		const worker = this.#worker;
		this.#worker = null;
		void worker?.terminate();
		this.#finish(failure);
	}

	#finish(failure: string | null): void {
		const task = this.#running;
		this.#running = null;
		if (task?.timer) clearTimeout(task.timer);
		task?.ended(failure);
		if (!this.#closed) this.#next();
	}
}

function unreadable(message: string): Checked['problems'][number] {
	return { file: 'scenario.yaml', line: 1, column: 1, code: 'unreadable', message, severity: 'error' };
}
