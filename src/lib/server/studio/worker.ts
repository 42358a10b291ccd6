// The thread in which scenarios of authors are read and played. It keeps nothing, and may be ended at any time.

import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { Files } from '../../scenario/load.ts';
import { check, preview } from './work.ts';
import type { BenchReply, BenchRequest } from './workbench.ts';

/** Behind the threads that keep the runs' time. Linux gives each thread its own; elsewhere the process would get it. */
const NICE = 5;

const { topologies } = workerData as { topologies: Files };

class Unwanted extends Error {}

if (process.platform === 'linux') {
	try {
		setPriority(NICE);
	} catch {
		// Not allowed everywhere, and only a courtesy.
	}
}

parentPort?.on('message', ({ id, work, gone }: BenchRequest) => {
	const reply = (answer: BenchReply) => parentPort?.postMessage(answer);
	const flag = new Int32Array(gone);
	const alive = () => {
		if (Atomics.load(flag, 0) !== 0) throw new Unwanted();
	};
	try {
		if (work.type === 'check') reply({ id, type: 'checked', checked: check(work.id, work.files, topologies) });
		else preview(work, topologies, (line) => reply({ id, type: 'line', line }), alive);
	} catch (error) {
		if (!(error instanceof Unwanted)) {
			reply({ id, type: 'fault', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
		}
	}
	reply({ id, type: 'end' });
});
