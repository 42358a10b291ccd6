// A connection to either database, as the storage uses it: drizzle for typed reads, plain SQL where one statement does more.

import { sql, type SQL } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { StorageUnavailable } from './storage.ts';

export type Orm = PgDatabase<PgQueryResultHKT, Record<string, never>>;

export interface Database {
	readonly kind: 'pglite' | 'postgres';
	readonly orm: Orm;
	/** The whole database as a file that `openPglite` takes; only of the embedded one. */
	dump?(): Promise<Blob>;
	close(): Promise<void>;
}

/** How long an answer may take before the database counts as away, in milliseconds. */
const ANSWER_LIMIT_MS = 5_000;

/** Wall time of the database, epoch milliseconds: servers that share it need not agree on theirs. */
export const DATABASE_NOW = sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`;

/** Rows of a plain statement. The two drivers wrap them differently; numbers of 64 bits come as text from one of them. */
export async function rows(orm: Orm, statement: SQL): Promise<Record<string, unknown>[]> {
	const result: unknown = await orm.execute(statement);
	if (Array.isArray(result)) return result as Record<string, unknown>[];
	return (result as { rows: Record<string, unknown>[] }).rows;
}

/** Runs one piece of work; a database that is away, or does not answer in time, rejects with StorageUnavailable. */
export async function ask<T>(work: () => Promise<T>, limitMs = ANSWER_LIMIT_MS): Promise<T> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<never>((_resolve, reject) => {
		timer = setTimeout(() => reject(new StorageUnavailable(new Error(`no answer within ${limitMs} ms`))), limitMs);
	});
	try {
		return await Promise.race([work(), late]);
	} catch (error) {
		throw isAway(error) ? new StorageUnavailable(error) : error;
	} finally {
		clearTimeout(timer);
	}
}

/** PostgreSQL's code of an error (`23505`) or the driver's (`ECONNREFUSED`), wherever in the chain of causes it stands. */
export function codeOf(error: unknown): string | null {
	for (let at: unknown = error; typeof at === 'object' && at !== null; at = 'cause' in at ? at.cause : null) {
		if ('code' in at && typeof at.code === 'string') return at.code;
	}
	return null;
}

const AWAY =
	/^(08|57P|53|58|40P01|40001|25006|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOST|ENET|ENOSPC|CONNECT|NOT_TAGGED_CALL)/;

/** Whether an error says that the database is away, shutting down, starting, full or read-only. */
function isAway(error: unknown): boolean {
	const code = codeOf(error);
	if (code !== null) return AWAY.test(code);
	return error instanceof Error && /PGlite is (closed|closing)/.test(`${error.message} ${String(error.cause)}`);
}
