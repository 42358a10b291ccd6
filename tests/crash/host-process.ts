// The headless host as a process of its own, built once, so that it starts as quickly as the product does.

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { until } from '../support/test-muster.ts';

/** Builds tests/support/host.ts into one file beside the installed packages; answers with its path. */
export async function buildHost(): Promise<string> {
	const outDir = join(process.cwd(), 'node_modules/.cache/muster', `host-${process.pid}`);
	await build({
		configFile: false,
		logLevel: 'error',
		build: {
			ssr: 'tests/support/host.ts',
			outDir,
			emptyOutDir: true,
			minify: false,
			rollupOptions: { output: { entryFileNames: 'host.mjs' } }
		}
	});
	return join(outDir, 'host.mjs');
}

/** A product folder with the migrations and a single scenario: reading the others is not what is tested. */
export function smallRoot(scenario: string): string {
	const root = mkdtempSync(join(tmpdir(), 'muster-root-'));
	mkdirSync(join(root, 'scenarios'));
	for (const name of ['drizzle', 'scenarios/_topologies', `scenarios/${scenario}`]) {
		symlinkSync(join(process.cwd(), name), join(root, name));
	}
	return root;
}

export interface HostOptions {
	file: string;
	root: string;
	dataDir: string;
	journal: string;
	databaseUrl?: string;
	failpoint?: string;
}

export class HostProcess {
	readonly url: string;
	#child: ChildProcess;
	#ended: Promise<number | null>;
	#log: () => string;

	private constructor(child: ChildProcess, url: string, ended: Promise<number | null>, log: () => string) {
		this.#child = child;
		this.url = url;
		this.#ended = ended;
		this.#log = log;
	}

	static async start({
		file,
		root,
		dataDir,
		journal,
		databaseUrl = '',
		failpoint = ''
	}: HostOptions): Promise<HostProcess> {
		const child = spawn(process.execPath, [file], {
			stdio: ['ignore', 'pipe', 'pipe'],
			env: {
				...process.env,
				NODE_ENV: 'production',
				LOG_LEVEL: 'warn',
				PORT: '0',
				MUSTER_ROOT: root,
				DATA_DIR: dataDir,
				DATABASE_URL: databaseUrl,
				JOURNAL: journal,
				MUSTER_FAILPOINT: failpoint
			}
		});
		let out = '';
		let log = '';
		let over = false;
		child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
		child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
		const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
		void ended.then(() => (over = true));
		await until('the host listens', () => over || out.includes('\n'), 60_000);
		if (over) throw new Error(`The host ended before it listened.\n${log}`);
		return new HostProcess(child, out.trim(), ended, () => log);
	}

	get log(): string {
		return this.#log();
	}

	/** Ends it as a power cut would. */
	async kill(): Promise<void> {
		this.#child.kill('SIGKILL');
		await this.#ended;
	}

	/** Asks it to end, and waits; null where a failpoint was quicker. */
	async stop(): Promise<number | null> {
		this.#child.kill('SIGTERM');
		return this.#ended;
	}

	get ended(): Promise<number | null> {
		return this.#ended;
	}

	async post<T>(path: string, body: unknown = {}): Promise<T> {
		const response = await fetch(this.url + path, { method: 'POST', body: JSON.stringify(body) });
		return (await response.json()) as T;
	}
}

export function discard(...folders: string[]): void {
	for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
