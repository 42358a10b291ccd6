// Other futures of a run that has ended, worked out beside the server.

import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import type { EventDraft } from '../../incident/event.ts';
import type { computeTwins } from '../../lab/twins.ts';
import type { CompiledScenario } from '../../scenario/library.ts';

export interface TwinsRequest {
	compiled: CompiledScenario;
	run: Parameters<typeof computeTwins>[1];
}
export type Twins = (request: TwinsRequest) => Promise<EventDraft[]>;

const LIMIT_MS = 120_000;

/**
 * Works twins out in a process of its own, one at a time and behind everything else. `root` is the product's folder; `closing`
 * gives up what is under way.
 */
export function twinsBeside(root: string, closing: AbortSignal): Twins {
	let last: Promise<unknown> = Promise.resolve();
	return (request) => {
		const next = last.then(() => compute(root, request, closing));
		last = next.catch(() => undefined);
		return next;
	};
}

function compute(root: string, request: TwinsRequest, closing: AbortSignal): Promise<EventDraft[]> {
	return new Promise((resolve, reject) => {
		const file = join(root, 'src/lib/server/runs/twins-process.ts');
		const child = spawn(process.execPath, ['--import', 'tsx', file], {
			cwd: root,
			stdio: ['pipe', 'pipe', 'pipe'],
			timeout: LIMIT_MS,
			signal: closing
		});
		if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
		let output = '';
		let problem = '';
		child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
		child.stderr.on('data', (chunk: Buffer) => (problem += chunk.toString()));
		child.on('error', reject);
		child.on('close', (code) => {
			if (code !== 0)
				return reject(new Error(`Other futures could not be worked out (${code}): ${problem.slice(-2000)}`));
			resolve(JSON.parse(output) as EventDraft[]);
		});
		// A child that ended early closes its input; its exit code says why.
		child.stdin.on('error', () => undefined);
		child.stdin.end(JSON.stringify(request));
	});
}
