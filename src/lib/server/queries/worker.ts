// A thread that answers questions about runs, one after the other. Everything it keeps is a memo: it may be ended at any time.

import { setPriority } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import { encodeOutcome } from '../prometheus/encode.ts';
import type { CompiledScenario } from '../../scenario/library.ts';
import type { WorldState } from '../../world/types.ts';
import { answer } from './answer.ts';
import type { WorkerReply, WorkerRequest } from './ask.ts';
import { Remembered } from './remembered.ts';
import { RunView } from './run-view.ts';

const MOST_SCENARIOS = 8;
const MOST_RUNS = 64;
/** Of the heap it may have: beyond this the runs that were asked about longest ago are forgotten. */
const FULL = 0.5;
/** Behind the threads that keep the runs' time. Linux gives each thread its own; elsewhere the process would get it. */
const NICE = 2;

const scenarios = new Remembered<string, CompiledScenario>(MOST_SCENARIOS);
const runs = new Remembered<string, { view: RunView; world: WorldState }>(MOST_RUNS);

if (process.platform === 'linux') {
	try {
		setPriority(NICE);
	} catch {
		// Not allowed everywhere, and only a courtesy.
	}
}

parentPort?.on('message', (request: WorkerRequest) => {
	const reply = serve(request);
	parentPort?.postMessage(reply, reply.type === 'bytes' ? [reply.bytes.buffer as ArrayBuffer] : []);
});

function serve(request: WorkerRequest): WorkerReply {
	const { id, ask, shape, key, contentHash, seed, simMs, baseMs } = request;
	try {
		if (request.compiled) scenarios.set(contentHash, request.compiled);
		const compiled = scenarios.get(contentHash);
		const known = runs.get(key);
		const world = request.world ?? known?.world;
		if (!compiled || !world) return { id, type: 'missing' };
		const view = known?.view ?? new RunView(compiled, seed);
		runs.set(key, { view, world });
		view.show(world, simMs);
		const outcome = answer(view, ask, baseMs);
		// A look at very much leaves very much behind; the next question begins afresh.
		if (view.swollen) runs.delete(key);
		if (full()) runs.halve();
		if (shape === 'prometheus') return { id, type: 'bytes', bytes: encodeOutcome(ask, outcome) };
		return { id, type: 'value', outcome };
	} catch (error) {
		runs.delete(key);
		return { id, type: 'fault', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
	}
}

function full(): boolean {
	const { used_heap_size, external_memory, heap_size_limit } = getHeapStatistics();
	return used_heap_size + external_memory > FULL * heap_size_limit;
}
