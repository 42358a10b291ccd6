// The bench's side of the room server: starts it, asks it.

import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Member {
	incidentId: string;
	participantId: string;
	token: string;
}

export interface Usage {
	cpuMs: number;
	heapBytes: number;
	rssBytes: number;
}

export type Asked = { id: number } & (
	{ type: 'runs'; runs: number; people: number } | { type: 'usage' } | { type: 'ready' }
);
type Question = { type: 'runs'; runs: number; people: number } | { type: 'usage' } | { type: 'ready' };

/** A child process that answers questions in order of their numbers; number 0 is its first word. */
export class AskedProcess {
	readonly child: ChildProcess;
	#asked = 0;
	#waiting = new Map<number, (value: unknown) => void>();
	readonly #ended: Promise<never>;

	constructor(file: string, env: Record<string, string> = {}) {
		this.child = fork(fileURLToPath(new URL(file, import.meta.url)), [], {
			execArgv: ['--expose-gc', '--import', 'tsx'],
			stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
			env: { ...process.env, ...env }
		});
		this.#ended = new Promise((_, reject) => {
			this.child.once('exit', (code, signal) => reject(new Error(`${file} ended with ${signal ?? code}`)));
		});
		// Heard only by those who wait for an answer.
		this.#ended.catch(() => undefined);
		this.child.on('message', ({ id, value }: { id: number; value: unknown }) => {
			this.#waiting.get(id)?.(value);
			this.#waiting.delete(id);
		});
		process.once('exit', () => this.child.kill('SIGKILL'));
	}

	first(): Promise<unknown> {
		return this.#answer(0);
	}

	ask(question: object): Promise<unknown> {
		this.#asked += 1;
		this.child.send({ id: this.#asked, ...question });
		return this.#answer(this.#asked);
	}

	async kill(): Promise<void> {
		if (this.child.exitCode !== null || this.child.signalCode !== null) return;
		const ended = new Promise((resolve) => this.child.once('exit', resolve));
		this.child.kill('SIGKILL');
		await ended;
	}

	#answer(id: number): Promise<unknown> {
		return Promise.race([new Promise((resolve) => this.#waiting.set(id, resolve)), this.#ended]);
	}
}

export class RoomServer {
	readonly url: string;
	readonly #process: AskedProcess;

	private constructor(process: AskedProcess, url: string) {
		this.#process = process;
		this.url = url;
	}

	static async start(dataDir: string): Promise<RoomServer> {
		const root = fileURLToPath(new URL('../../..', import.meta.url));
		const env = {
			DATA_DIR: dataDir,
			DATABASE_URL: '',
			MUSTER_ROOT: root,
			LOG_LEVEL: 'error',
			ORIGIN: '',
			ADMIN_SECRET: 'bench-bench-bench'
		};
		const process = new AskedProcess('./room-server.ts', env);
		return new RoomServer(process, String(await process.first()));
	}

	async makeRuns(runs: number, people: number): Promise<Member[][]> {
		return (await this.#ask({ type: 'runs', runs, people })) as Member[][];
	}

	async usage(): Promise<Usage> {
		return (await this.#ask({ type: 'usage' })) as Usage;
	}

	kill(): Promise<void> {
		return this.#process.kill();
	}

	#ask(question: Question): Promise<unknown> {
		return this.#process.ask(question);
	}
}
