// One server per data directory: the embedded database itself would let a second one in, and rows would be lost.
//
// The lock is a file with what is needed to see that its holder is gone: a process id may have been given to another
// process meanwhile, so its start time is kept too.

import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, processStart } from '../process-identity.ts';
import { randomKey } from '../secrets.ts';

export interface LockFile {
	pid: number;
	/** When the process started, in the system's own count; null where the system does not tell. */
	processStart: string | null;
	startedAt: number;
	/** Null until the server listens. */
	url: string | null;
	/** Known to whoever may read the data directory: lets a command on this machine ask the running server. */
	key: string;
}

export interface Lock {
	readonly key: string;
	/** Notes where the server listens. */
	setUrl(url: string): void;
	release(): void;
}

/** The data directory is held by another server. The message is one sentence for whoever started this one. */
export class DataDirHeld extends Error {
	override name = 'DataDirHeld';
}

const NAME = 'muster.lock';
const GUARD = 'muster.lock.taking';
/** Taking over lasts milliseconds: a guard this old was left by a process that was killed meanwhile. */
const GUARD_STALE_MS = 10_000;

/** Takes the lock of a data directory, which is made where absent. Throws DataDirHeld while another server lives there. */
export function takeLock(dataDir: string): Lock {
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	const file = join(dataDir, NAME);
	const guard = join(dataDir, GUARD);
	enter(guard, dataDir);
	try {
		const holder = readLock(dataDir);
		if (holder && isAlive(holder)) {
			const where = holder.url ? `at ${holder.url} (process ${holder.pid})` : `as process ${holder.pid}`;
			throw new DataDirHeld(
				`Another Muster is running ${where} on the data in ${dataDir}. Stop it, or give this one another folder: DATA_DIR=./data2 npm start`
			);
		}
		let content: LockFile = {
			pid: process.pid,
			processStart: processStart(process.pid),
			startedAt: Date.now(),
			url: null,
			key: randomKey()
		};
		write(file, content);
		return {
			key: content.key,
			setUrl(url) {
				content = { ...content, url };
				write(file, content);
			},
			release() {
				// Somebody may have thrown the file away and started another server: theirs stays.
				if (readLock(dataDir)?.key === content.key) unlinkSync(file);
			}
		};
	} finally {
		unlinkSync(guard);
	}
}

/** What the lock of a data directory says; null where there is none, or none that can be read. */
export function readLock(dataDir: string): LockFile | null {
	try {
		const content: unknown = JSON.parse(readFileSync(join(dataDir, NAME), 'utf8'));
		return isLockFile(content) ? content : null;
	} catch {
		return null;
	}
}

/** Only one process at a time looks at the lock and writes it. */
function enter(guard: string, dataDir: string): void {
	for (let attempt = 0; ; attempt++) {
		try {
			closeSync(openSync(guard, 'wx'));
			return;
		} catch (error) {
			if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
			const age = Date.now() - (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? 0);
			if (age < GUARD_STALE_MS || attempt > 0) {
				throw new DataDirHeld(`Another Muster is just starting on the data in ${dataDir}. Try again in a moment.`);
			}
			unlinkSync(guard);
		}
	}
}

/** Written beside and moved into place, so that nobody ever reads half of it. */
function write(file: string, content: LockFile): void {
	const draft = `${file}.${process.pid}`;
	writeFileSync(draft, `${JSON.stringify(content)}\n`, { mode: 0o600 });
	renameSync(draft, file);
}

function isLockFile(content: unknown): content is LockFile {
	return (
		typeof content === 'object' &&
		content !== null &&
		'pid' in content &&
		Number.isInteger(content.pid) &&
		'key' in content &&
		typeof content.key === 'string'
	);
}
