// Group commit: while one batch is on its way to the database, the appends that come meanwhile gather for the next one.
// Under load one statement then serves many incidents; alone, an append waits for nothing.

import { ask, codeOf, type Database } from './database.ts';
import { failpoint } from '../failpoint.ts';
import { appendBatch } from './sql/append.ts';
import { findCommand } from './sql/log.ts';
import type { Append, AppendOutcome } from './storage.ts';

/** Keeps one statement's parameters within a few megabytes. */
const MOST_PER_BATCH = 64;
const UNIQUE_VIOLATION = '23505';

interface Waiting {
	append: Append;
	resolve: (outcome: AppendOutcome) => void;
	reject: (error: unknown) => void;
}

export class GroupCommit {
	#database: Database;
	#waiting: Waiting[] = [];
	#busy = false;

	constructor(database: Database) {
		this.#database = database;
	}

	/** Resolves once the append is durable, or refused. Appends of one incident must be awaited one after the other. */
	append(append: Append): Promise<AppendOutcome> {
		return new Promise((resolve, reject) => {
			this.#waiting.push({ append, resolve, reject });
			if (!this.#busy) void this.#drain();
		});
	}

	async #drain(): Promise<void> {
		this.#busy = true;
		while (this.#waiting.length > 0) {
			const batch = this.#waiting.splice(0, MOST_PER_BATCH);
			failpoint('append.before');
			await this.#store(batch);
			failpoint('append.after');
		}
		this.#busy = false;
	}

	async #store(batch: Waiting[]): Promise<void> {
		try {
			const appends = batch.map(({ append }) => append);
			const stored = await ask(() => appendBatch(this.#database, appends));
			for (const { append, resolve } of batch) {
				resolve(stored.has(append.incidentId) ? { ok: true } : { ok: false, reason: 'fenced' });
			}
		} catch (error) {
			if (batch.length > 1 && codeOf(error) === UNIQUE_VIOLATION) {
				// One of them is a duplicate and took the others down with it: each by itself finds out which.
				for (const one of batch) await this.#store([one]);
				return;
			}
			for (const one of batch) await this.#fail(one, error);
		}
	}

	async #fail({ append, resolve, reject }: Waiting, error: unknown): Promise<void> {
		const { command, incidentId } = append;
		if (codeOf(error) !== UNIQUE_VIOLATION) return reject(error);
		try {
			const stored = command && (await ask(() => findCommand(this.#database, incidentId, command)));
			resolve(stored ? { ok: false, reason: 'duplicate', stored } : { ok: false, reason: 'fenced' });
		} catch (lookup) {
			reject(lookup);
		}
	}
}
