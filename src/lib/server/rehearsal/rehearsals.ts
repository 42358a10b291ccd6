// Rehearsals of teams' own rules, worked out beside the server: one at a time, the others wait their turn.

import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import type { RehearsalRequest } from '../../lab/rehearse/session.ts';
import type { RehearsalLine } from '../../protocol/rehearsal.ts';
import type { CompiledScenario } from '../../scenario/library.ts';

export interface RehearsalWork {
	scenarios: CompiledScenario[];
	request: RehearsalRequest;
}

/** So many may wait; more would wait for longer than anybody does. */
const MOST_WAITING = 5;
const LIMIT_MS = 180_000;
/** Rules that need more memory than this are no rules. */
const MEMORY_MIB = 768;

export class Rehearsals {
	#root: string;
	#closing: AbortSignal;
	#waiting = 0;
	#last: Promise<unknown> = Promise.resolve();

	constructor(root: string, closing: AbortSignal) {
		this.#root = root;
		this.#closing = closing;
	}

	get full(): boolean {
		return this.#waiting > MOST_WAITING;
	}

	/** Carries out a rehearsal when its turn comes. `gone` gives it up: whoever asked has left. */
	run(work: RehearsalWork, tell: (line: RehearsalLine) => void, gone: AbortSignal): Promise<void> {
		if (this.#waiting > 0) tell({ type: 'waiting', ahead: this.#waiting });
		this.#waiting += 1;
		const turn = this.#last.then(async () => {
			try {
				if (!gone.aborted) await this.#compute(work, tell, AbortSignal.any([gone, this.#closing]));
			} finally {
				this.#waiting -= 1;
			}
		});
		this.#last = turn.catch(() => undefined);
		return turn;
	}

	#compute(work: RehearsalWork, tell: (line: RehearsalLine) => void, signal: AbortSignal): Promise<void> {
		return new Promise((resolve) => {
			const file = join(this.#root, 'src/lib/server/rehearsal/rehearsal-process.ts');
			const child = spawn(process.execPath, [`--max-old-space-size=${MEMORY_MIB}`, '--import', 'tsx', file], {
				cwd: this.#root,
				stdio: ['pipe', 'pipe', 'pipe'],
				timeout: LIMIT_MS,
				killSignal: 'SIGKILL',
				signal
			});
			// Behind the rooms, but somebody is waiting for it.
			if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
			let rest = '';
			let ended = false;
			child.stdout.on('data', (chunk: Buffer) => {
				const lines = (rest + chunk.toString()).split('\n');
				rest = lines.pop() ?? '';
				for (const text of lines) {
					const line = JSON.parse(text) as RehearsalLine;
					ended ||= line.type === 'done' || line.type === 'refused';
					tell(line);
				}
			});
			// Drained, so that it cannot fill up; what went wrong is told by how the process ended.
			child.stderr.resume();
			const finish = (killed: boolean) => {
				if (!ended && !signal.aborted) tell({ type: 'failed', message: failure(killed) });
				ended = true;
				resolve();
			};
			child.on('error', () => finish(false));
			child.on('close', (_code, killedBy) => finish(killedBy === 'SIGKILL'));
			// A child that ended early closes its input; how it ended says why.
			child.stdin.on('error', () => undefined);
			child.stdin.end(JSON.stringify(work));
		});
	}
}

function failure(killed: boolean): string {
	return killed
		? `These rules took longer than ${LIMIT_MS / 60_000} minutes and were given up. Rehearse fewer of them, or over fewer scenarios.`
		: 'These rules could not be rehearsed: they need more memory than Muster grants. Rehearse fewer of them.';
}
