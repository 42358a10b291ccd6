// Builds the pages and the server, and knows when that is needed: a fingerprint of every source stands beside the build.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DataDirHeld, takeLock, type Lock } from '../lib/server/db/lock.ts';

/** The project's folder, whatever the current directory is. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The built application, as adapter-node writes it. */
export const handlerFile = join(root, 'build/handler.js');

const stampFile = join(root, 'build/sources.sha256');
const sources = ['src', 'static', 'package-lock.json', 'svelte.config.js', 'vite.config.ts', 'tsconfig.json'];

/** True when there is no build, or when it was made from other sources than these. */
export function buildNeeded(): boolean {
	if (!existsSync(handlerFile) || !existsSync(stampFile)) return true;
	return readFileSync(stampFile, 'utf8') !== fingerprint();
}

/** Builds when that is needed. `say` gets one line before and one after; rejects with the tools' output on failure. */
export async function buildWhenNeeded(say: (line: string) => void): Promise<void> {
	if (!buildNeeded()) return;
	await alone(say, async () => {
		// Whoever was before us in the queue may have built it.
		if (!buildNeeded()) return;
		say('Building Muster, about half a minute …');
		const startedAt = performance.now();
		await buildNow();
		say(`Built in ${((performance.now() - startedAt) / 1000).toFixed(0)} s.`);
	});
}

/** Builds, whether that is needed or not. */
export function build(): Promise<void> {
	return alone(() => undefined, buildNow);
}

/** Two builds write the same files: a second one waits until the first is done, or is seen to be gone. */
async function alone(say: (line: string) => void, work: () => Promise<void>): Promise<void> {
	let lock = tryLock();
	if (!lock) say('Another build is under way; waiting for it …');
	while (!lock) {
		await new Promise((resolve) => setTimeout(resolve, 250));
		lock = tryLock();
	}
	try {
		await work();
	} finally {
		lock.release();
	}
}

function tryLock(): Lock | null {
	try {
		return takeLock(join(root, '.svelte-kit/building'));
	} catch (error) {
		if (error instanceof DataDirHeld) return null;
		throw error;
	}
}

async function buildNow(): Promise<void> {
	// Taken first: a source that changes during the build leaves a stamp that no longer fits.
	const stamp = fingerprint();
	await runTool('node_modules/@sveltejs/kit/svelte-kit.js', 'sync');
	await runTool('node_modules/vite/bin/vite.js', 'build');
	mkdirSync(dirname(stampFile), { recursive: true });
	writeFileSync(stampFile, stamp);
}

/** SHA-256 over the names and contents of everything that goes into the build; tests do not. */
function fingerprint(): string {
	const hash = createHash('sha256');
	for (const file of sources.flatMap((source) => files(join(root, source))).sort()) {
		if (/\.(test|spec)\.ts$|\.md$/.test(file)) continue;
		const content = readFileSync(file);
		hash.update(`${relative(root, file)}\0${content.length}\0`).update(content);
	}
	return hash.digest('hex');
}

function files(path: string): string[] {
	if (!existsSync(path)) return [];
	try {
		return readdirSync(path, { withFileTypes: true, recursive: true })
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name));
	} catch {
		return [path];
	}
}

async function runTool(tool: string, ...args: string[]): Promise<void> {
	const output: Buffer[] = [];
	const code = await new Promise<number | null>((resolve, reject) => {
		const child = spawn(process.execPath, [join(root, tool), ...args], {
			cwd: root,
			stdio: ['ignore', 'pipe', 'pipe'],
			env: { ...process.env, NODE_ENV: 'production' }
		});
		child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
		child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
		child.on('error', reject);
		child.on('close', resolve);
	});
	if (code !== 0) throw new Error(`${tool} ${args.join(' ')} failed\n${Buffer.concat(output).toString()}`);
}

// Run directly (`npm run build`), this file builds without asking.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
	try {
		await build();
		console.error('Built into build/.');
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	}
}
