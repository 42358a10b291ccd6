// Runs the real command as a user would: a child process, whatever its exit code.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const launcher = fileURLToPath(new URL('../../src/cli/muster.mjs', import.meta.url));
export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Ran {
	code: number | null;
	out: string;
	err: string;
}

/** Runs `muster` with these words, by default in the project's folder. */
export function muster(args: string[], options: { cwd?: string; env?: Record<string, string> } = {}): Promise<Ran> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [launcher, ...args], {
			cwd: options.cwd ?? root,
			stdio: ['ignore', 'pipe', 'pipe'],
			env: { ...process.env, FORCE_COLOR: undefined, NODE_ENV: undefined, MUSTER_ROOT: undefined, ...options.env }
		});
		let [out, err] = ['', ''];
		child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
		child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
		child.on('error', reject);
		child.on('close', (code) => resolve({ code, out, err }));
	});
}

/** A folder of this test file alone, removed at its end. */
export function scratchFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'muster-cli-'));
	afterAll(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}
