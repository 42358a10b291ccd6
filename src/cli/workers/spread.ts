// Work on many scenarios, spread over worker threads: pure computing, one scenario per task, answers in the order of the tasks.

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { UsageError } from '../usage.ts';

/** What a worker answers: how far it has come, or what came of the task. */
export type Answer<Result> = { type: 'progress'; share: number } | { type: 'done'; result: Result };

export interface Spread<Task, Result> {
	/** Module that answers tasks, as `answer<Task, Result>(…)` in `work.ts` begins it. */
	work: URL;
	tasks: readonly Task[];
	/** Threads at most. */
	jobs: number;
	/** Told of the results one by one, in the order of the tasks. */
	onResult: (result: Result, task: Task) => void;
	/** Told the share of everything that is done, 0..1. */
	onProgress: (share: number) => void;
}

/** Does all tasks. Throws where a thread breaks down. */
export async function spread<Task, Result>({ work, tasks, jobs, onResult, onProgress }: Spread<Task, Result>) {
	const results = new Map<number, Result>();
	const shares = tasks.map(() => 0);
	let next = 0;
	let told = 0;
	const tell = () => {
		for (let task = tasks[told]; task !== undefined && results.has(told); task = tasks[told]) {
			onResult(results.get(told) as Result, task);
			results.delete(told);
			told += 1;
		}
		onProgress(shares.reduce((sum, share) => sum + share, 0) / Math.max(1, tasks.length));
	};
	const thread = (): Promise<void> => {
		const worker = new Worker(new URL('./boot.mjs', import.meta.url), { workerData: { work: work.href } });
		return new Promise<void>((resolve, reject) => {
			let at = -1;
			const give = () => {
				at = next++;
				if (at < tasks.length) worker.postMessage(tasks[at]);
				else resolve();
			};
			worker.on('message', (answer: Answer<Result>) => {
				shares[at] = answer.type === 'done' ? 1 : answer.share;
				if (answer.type === 'done') results.set(at, answer.result);
				tell();
				if (answer.type === 'done') give();
			});
			worker.on('error', reject);
			worker.on('exit', (code) => reject(new Error(`a worker thread ended with code ${code}`)));
			give();
		}).finally(() => worker.terminate());
	};
	await Promise.all(Array.from({ length: Math.min(jobs, tasks.length) }, thread));
}

/** `--jobs`: how many threads work at once; as many as there are cores unless given. */
export function readJobs(written: string | undefined): number {
	if (written === undefined) return availableParallelism();
	const jobs = Number(written);
	if (!Number.isInteger(jobs) || jobs < 1 || jobs > 64) throw new UsageError('--jobs is a number from 1 to 64');
	return jobs;
}
