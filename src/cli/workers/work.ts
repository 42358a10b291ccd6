import { parentPort } from 'node:worker_threads';
import type { Answer } from './spread.ts';

/** Begins to answer tasks in this worker thread. */
export function answer<Task, Result>(work: (task: Task, onProgress: (share: number) => void) => Result): void {
	const port = parentPort;
	if (port === null) throw new Error('this file is the work of a thread');
	let told = 0;
	port.on('message', (task: Task) => {
		const say = (said: Answer<Result>) => port.postMessage(said);
		const result = work(task, (share) => {
			if (Math.abs(share - told) < 0.01) return;
			told = share;
			say({ type: 'progress', share });
		});
		say({ type: 'done', result });
	});
}
