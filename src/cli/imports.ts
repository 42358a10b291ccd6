// Imports a file through the server that runs on this data directory, else into the database itself.

import { createReadStream, openAsBlob } from 'node:fs';
import type { ImportReport } from '../lib/intake/report.ts';
import type { IntakeRefusal } from '../lib/intake/table.ts';
import type { ImportLine } from '../lib/intake/wire.ts';
import { ConfigError, type Config } from '../lib/server/config.ts';
import { createStorage } from '../lib/server/db/create-storage.ts';
import { DataDirHeld, readLock, type LockFile } from '../lib/server/db/lock.ts';
import { openDatabase } from '../lib/server/db/open.ts';
import { runImport } from '../lib/server/intake/import.ts';
import { readOptions } from '../lib/server/intake/options.schema.ts';
import { policyIn } from '../lib/server/intake/policy.ts';
import { importTarget } from '../lib/server/intake/target.ts';
import { readUpload } from '../lib/server/intake/upload.ts';
import { isAlive, isOwnerDead, ownerName } from '../lib/server/process-identity.ts';
import { causeOf, configuration, refusalOf } from './exports.ts';
import { CommandError } from './usage.ts';

type Progress = (done: number, total: number) => void;

/** Throws CommandError where the file or an option cannot be used, or neither a server nor a database answers. */
export async function importFile(file: string, options: URLSearchParams, progress: Progress): Promise<ImportReport> {
	const config = configuration();
	const lock = config.databaseUrl === null ? readLock(config.dataDir) : null;
	if (lock && isAlive(lock)) return askServer(lock, file, options, progress);
	try {
		return await importHere(config, file, options, progress);
	} catch (error) {
		if (error instanceof ConfigError) throw new CommandError('no_database', error.message);
		if (error instanceof DataDirHeld) throw new CommandError('held', error.message);
		throw error;
	}
}

async function importHere(
	config: Config,
	file: string,
	params: URLSearchParams,
	progress: Progress
): Promise<ImportReport> {
	const read = readOptions(params);
	if (!read.ok) throw new CommandError(read.code, read.message);
	const upload = await readUpload(createReadStream(file) as AsyncIterable<Uint8Array>, file);
	if (!upload.ok) throw refusedAs(upload.refusal);
	const { database, lock } = await openDatabase(config);
	const storage = createStorage(database);
	try {
		const policy = await policyIn(storage);
		const by = { hub: null, owner: ownerName(), isOwnerDead: lock ? () => true : isOwnerDead, now: Date.now };
		const result = await runImport(importTarget(storage, policy, by), upload.value, read.options, progress);
		if (!result.ok) throw refusedAs(result.refusal);
		return result.value;
	} finally {
		await storage.close();
		lock?.release();
	}
}

function refusedAs({ code, message, line }: IntakeRefusal): CommandError {
	return new CommandError(code, line > 0 ? `line ${line}: ${message}` : message);
}

/** The lock's key shows that whoever asks may read the data directory anyway. */
async function askServer(
	{ url, key }: LockFile,
	file: string,
	options: URLSearchParams,
	progress: Progress
): Promise<ImportReport> {
	if (url === null) throw new CommandError('starting', 'Muster is just starting on this data; try again in a moment');
	const gone = (error: unknown) =>
		new CommandError(
			'no_answer',
			`the server at ${url} does not answer: ${causeOf(error)}. What was stored stays: import again, and nothing is stored twice`
		);
	const response = await fetch(`${url}/api/import?${options}`, {
		method: 'POST',
		headers: { authorization: `Bearer ${key}`, 'content-type': 'application/octet-stream' },
		body: await openAsBlob(file)
	}).catch((error: unknown) => {
		throw gone(error);
	});
	if (!response.ok || !response.body) throw refusalOf(await response.text(), response.status);
	let rest = '';
	const decoder = new TextDecoder();
	try {
		for await (const piece of response.body) {
			rest += decoder.decode(piece as Uint8Array, { stream: true });
			const lines = rest.split('\n');
			rest = lines.pop() ?? '';
			for (const text of lines) {
				const line = JSON.parse(text) as ImportLine;
				if (line.type === 'progress') progress(line.done, line.total);
				else if (line.type === 'report') return line.report;
				else throw new CommandError(line.code, line.message);
			}
		}
	} catch (error) {
		throw error instanceof CommandError ? error : gone(error);
	}
	throw gone(new Error('it broke off'));
}
