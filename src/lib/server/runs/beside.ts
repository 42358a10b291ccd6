// Simulation in a process of its own: a second of work there is no second of silence in the rooms.

import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';

const LIMIT_MS = 120_000;

/**
 * Runs a file of the product (`root` is its folder) with one JSON document on its standard input, behind everything else, and
 * reads the JSON document it writes. `closing` gives up what is under way.
 */
export function computeBeside<T>(root: string, file: string, request: unknown, closing: AbortSignal): Promise<T> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, ['--import', 'tsx', join(root, file)], {
			cwd: root,
			stdio: ['pipe', 'pipe', 'pipe'],
			timeout: LIMIT_MS,
			signal: closing
		});
		if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
		const output: Buffer[] = [];
		let problem = '';
		child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
		child.stderr.on('data', (chunk: Buffer) => (problem += chunk.toString()));
		child.on('error', reject);
		child.on('close', (code) => {
			if (code !== 0)
				return reject(new Error(`Other futures could not be worked out (${code}): ${problem.slice(-2000)}`));
			resolve(JSON.parse(Buffer.concat(output).toString()) as T);
		});
		// A child that ended early closes its input; its exit code says why.
		child.stdin.on('error', () => undefined);
		child.stdin.end(JSON.stringify(request));
	});
}
