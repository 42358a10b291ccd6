// Starts the built product as a user would, on a free port with a data directory of its own.

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../../src/cli/muster.mjs', import.meta.url));

export interface TestServer {
	url: string;
	dataDir: string;
	pid: number;
	/** What it wrote to standard error so far. */
	log: () => string;
	/** Ends it with SIGTERM and gives its exit code. The data directory stays unless `discard` is called. */
	stop: () => Promise<number | null>;
	/** Ends it as a power cut would, with SIGKILL. */
	kill: () => Promise<void>;
	/** Removes the data directory. */
	discard: () => void;
}

export interface ServerOptions {
	/** A data directory to go on with; a fresh one where absent. */
	dataDir?: string;
	/** A fixed port, for a restart at the same address; a free one where absent. */
	port?: number;
	env?: Record<string, string>;
	/** How long the start may take, in milliseconds. */
	limitMs?: number;
}

/** Resolves once the server has printed its URL; rejects with its output when it ends or stays silent before that. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
	const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'muster-test-'));
	const child = spawn(process.execPath, [launcher, 'serve'], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {
			...process.env,
			NODE_ENV: 'production',
			HOST: '127.0.0.1',
			PORT: String(options.port ?? 0),
			DATA_DIR: dataDir,
			DATABASE_URL: '',
			LOG_LEVEL: 'warn',
			...options.env
		}
	});
	let log = '';
	child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
	const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
	const url = await firstUrl(child, ended, options.limitMs ?? 120_000).catch((error: Error) => {
		child.kill('SIGKILL');
		throw new Error(`${error.message}\n${log}`);
	});

	return {
		url,
		dataDir,
		pid: child.pid ?? 0,
		log: () => log,
		stop: () => {
			child.kill('SIGTERM');
			return ended;
		},
		kill: async () => {
			child.kill('SIGKILL');
			await ended;
		},
		discard: () => rmSync(dataDir, { recursive: true, force: true })
	};
}

function firstUrl(child: ChildProcess, ended: Promise<number | null>, limitMs: number): Promise<string> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error(`The server said no URL within ${limitMs} ms.`)), limitMs);
		let output = '';
		child.stdout?.on('data', (chunk: Buffer) => {
			output += chunk.toString();
			const url = /https?:\/\/\S+(?=\n)/.exec(output)?.[0];
			if (!url) return;
			clearTimeout(timer);
			resolve(url);
		});
		void ended.then((code) => {
			clearTimeout(timer);
			reject(new Error(`The server ended with ${code} before it said its URL.`));
		});
	});
}
