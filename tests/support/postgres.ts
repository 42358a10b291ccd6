// A throw-away PostgreSQL cluster on a free loopback port, from binaries found on this machine.

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Postgres {
	/** Address for DATABASE_URL. Every call of `createDatabase` gives another empty database. */
	createDatabase(): string;
	/** Ends the server as an administrator would in a hurry; the data stay. */
	stop(): Promise<void>;
	/** Starts it again on the same port with the same data. */
	start(): Promise<void>;
	/** Stops it and removes the data. */
	discard(): Promise<void>;
}

/** Where `initdb` and `postgres` lie; null where there are none. The newest version wins. */
export function findPostgres(): string | null {
	const versions = '/usr/lib/postgresql';
	const folders = existsSync(versions)
		? readdirSync(versions)
				.sort((a, b) => Number(b) - Number(a))
				.map((version) => join(versions, version, 'bin'))
		: [];
	const places = [...folders, ...(process.env.PATH ?? '').split(':'), '/opt/homebrew/bin', '/usr/local/pgsql/bin'];
	return (
		places.find((place) => place && existsSync(join(place, 'initdb')) && existsSync(join(place, 'postgres'))) ?? null
	);
}

/** PostgreSQL refuses to run as root: then it runs as an unprivileged user that the system has. */
function unprivileged(): { uid: number; gid: number } | null {
	if (process.getuid?.() !== 0) return null;
	for (const user of ['postgres', 'nobody']) {
		const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, user], { encoding: 'utf8' }));
		if (uid?.status === 0 && gid?.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
	}
	throw new Error('PostgreSQL cannot run as root, and there is neither a user "postgres" nor "nobody".');
}

/** Makes and starts a cluster. Durable as by default (fsync on), since its tests are about that. */
export async function startPostgres(bin: string): Promise<Postgres> {
	const folder = mkdtempSync(join(tmpdir(), 'muster-postgres-'));
	const user = unprivileged();
	if (user) chownSync(folder, user.uid, user.gid);
	const data = join(folder, 'data');
	const made = spawnSync(join(bin, 'initdb'), ['-D', data, '-U', 'muster', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
		...user,
		cwd: folder,
		encoding: 'utf8'
	});
	if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
	const port = await freePort();
	let server: ChildProcess | null = null;
	let databases = 0;

	const run = (database: string, statement: string) =>
		spawnSync(
			join(bin, 'psql'),
			['-h', '127.0.0.1', '-p', String(port), '-U', 'muster', '-d', database, '-qAtc', statement],
			{ cwd: folder, encoding: 'utf8' }
		);

	const start = async () => {
		const child = spawn(
			join(bin, 'postgres'),
			['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${folder}`],
			{ ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] }
		);
		let output = '';
		child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
		server = child;
		for (const deadline = Date.now() + 30_000; run('postgres', 'select 1').status !== 0;) {
			if (child.exitCode !== null || Date.now() > deadline) throw new Error(`PostgreSQL did not start: ${output}`);
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	};
	const stop = async () => {
		const child = server;
		server = null;
		if (!child || child.exitCode !== null) return;
		const ended = new Promise((resolve) => child.once('exit', resolve));
		// SIGINT: disconnects everybody and shuts down.
		child.kill('SIGINT');
		await ended;
	};

	await start();
	return {
		createDatabase: () => {
			const name = `muster_${++databases}`;
			const created = run('postgres', `create database ${name}`);
			if (created.status !== 0) throw new Error(created.stderr);
			return `postgres://muster@127.0.0.1:${port}/${name}`;
		},
		start,
		stop,
		discard: async () => {
			await stop();
			rmSync(folder, { recursive: true, force: true });
		}
	};
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const address = probe.address();
			const port = typeof address === 'object' && address ? address.port : 0;
			probe.close(() => resolve(port));
		});
	});
}
