// An incident as text: from the server that runs on this data directory, else from the database itself.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, readConfig, type Config } from '../lib/server/config.ts';
import { DataDirHeld, readLock, type LockFile } from '../lib/server/db/lock.ts';
import { isAlive } from '../lib/server/process-identity.ts';
import { root } from './build.ts';
import { CommandError } from './usage.ts';

export type ExportFormat = 'md' | 'json' | 'ndjson';

/** Throws CommandError where the incident is unknown, or neither a server nor a database answers. */
export function exportIncident(incidentId: string, format: ExportFormat): Promise<string> {
	return fromServerOrDatabase({
		path: `/api/incidents/${encodeURIComponent(incidentId)}/export?format=${format}`,
		read: async (config) => (await import('./stored-export.ts')).readExport(config, incidentId, format)
	});
}

/** A text that the running server gives at `path`, or that `read` makes of the database where none runs. */
export async function fromServerOrDatabase(source: {
	path: string;
	read: (config: Config) => Promise<string>;
}): Promise<string> {
	const config = configuration();
	const lock = config.databaseUrl === null ? readLock(config.dataDir) : null;
	if (lock && isAlive(lock)) return askServer(lock, source.path);
	if (config.databaseUrl === null && !existsSync(join(config.dataDir, 'database'))) {
		throw new CommandError('no_database', `there is no database in ${config.dataDir}: set DATA_DIR or DATABASE_URL`);
	}
	try {
		return await source.read(config);
	} catch (error) {
		if (error instanceof ConfigError) throw new CommandError('no_database', error.message);
		if (error instanceof DataDirHeld) throw new CommandError('held', error.message);
		throw error;
	}
}

export function configuration(): Config {
	try {
		return readConfig({ ...process.env, MUSTER_ROOT: process.env.MUSTER_ROOT || root });
	} catch (error) {
		if (error instanceof ConfigError) throw new CommandError('configuration', error.message);
		throw error;
	}
}

/** The lock's key shows that whoever asks may read the data directory anyway. */
async function askServer({ url, key }: LockFile, path: string): Promise<string> {
	if (url === null) throw new CommandError('starting', 'Muster is just starting on this data; try again in a moment');
	const response = await fetch(`${url}${path}`, {
		headers: { authorization: `Bearer ${key}` }
	}).catch((error: unknown) => {
		throw new CommandError('no_answer', `the server at ${url} does not answer: ${causeOf(error)}`);
	});
	const text = await response.text();
	if (response.ok) return text;
	throw refusalOf(text, response.status);
}

export function refusalOf(text: string, status: number): CommandError {
	try {
		const refusal: unknown = JSON.parse(text);
		if (typeof refusal === 'object' && refusal !== null && 'code' in refusal && 'message' in refusal) {
			return new CommandError(String(refusal.code), String(refusal.message));
		}
	} catch {
		// Not Muster's words: the status must do.
	}
	return new CommandError('no_answer', `the server answered with status ${status}`);
}

export function causeOf(error: unknown): string {
	let root: unknown = error;
	while (root instanceof Error && root.cause !== undefined) root = root.cause;
	return root instanceof Error ? root.message : String(root);
}
