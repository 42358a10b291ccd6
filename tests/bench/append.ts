// How long an append takes until it is durable, on both databases: alone, and with fifty incidents at once.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { EVERYONE } from '../../src/lib/incident/actor.ts';
import type { IncidentEvent } from '../../src/lib/incident/event.ts';
import { DEFAULT_SEVERITY_POLICY } from '../../src/lib/incident/severity.ts';
import { readConfig } from '../../src/lib/server/config.ts';
import { createStorage } from '../../src/lib/server/db/create-storage.ts';
import { rows, type Database } from '../../src/lib/server/db/database.ts';
import { openDatabase } from '../../src/lib/server/db/open.ts';
import type { Storage } from '../../src/lib/server/db/storage.ts';
import { findPostgres, startPostgres } from '../support/postgres.ts';
import type { Bench, Figure } from './support/figure.ts';
import { quantile } from './support/stats.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Events of one command: what people did and the line that the bot wrote of it. */
const EVENTS_EACH = 2;
const ALONE = 300;
const AT_ONCE = 50;
const ROUNDS = 8;
/** A database that crawls must not take the bench's minute. */
const MOST_MS = 8_000;

const bench: Bench = {
	name: 'append',
	about: `one command and its ${EVENTS_EACH} events, from handing over until durable`,
	async run(skip) {
		const figures: Figure[] = [];
		const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'));
		try {
			figures.push(...(await measure('PGlite', { DATA_DIR: join(folder, 'data') })));
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
		const bin = findPostgres();
		if (bin === null) {
			skip('PostgreSQL has no binaries here, so appends are measured on PGlite alone');
			return figures;
		}
		const cluster = await startPostgres(bin);
		try {
			figures.push(...(await measure('PostgreSQL', { DATABASE_URL: cluster.createDatabase() })));
		} finally {
			await cluster.discard();
		}
		return figures;
	}
};
export default bench;

async function measure(name: string, env: Record<string, string>): Promise<Figure[]> {
	const { database, lock } = await openDatabase(readConfig({ ...env, MUSTER_ROOT: ROOT }));
	const storage = createStorage(database);
	try {
		const one = await Appender.create(storage, 'alone');
		const many = await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => Appender.create(storage, `many-${i}`)));
		// The first ones prepare the statement.
		for (let i = 0; i < 20; i += 1) await one.append();
		const alone = await times(ALONE, () => one.append());
		const bare = await bareInserts(database);
		const together: number[] = [];
		const until = performance.now() + MOST_MS;
		for (let round = 0; round < ROUNDS && performance.now() < until; round += 1) {
			together.push(...(await Promise.all(many.map((each) => timed(() => each.append())))));
		}
		const against = (q: number) => ({ of: 'one bare insert of as many bytes', value: quantile(bare, q) });
		const line = (what: string, values: readonly number[], q: number): Figure => ({
			what: `${name}, ${what}, p${q * 100}`,
			measured: quantile(values, q),
			unit: 'ms',
			reference: against(q),
			target: null
		});
		return [
			line('alone', alone, 0.5),
			line('alone', alone, 0.99),
			line(`${AT_ONCE} incidents at once`, together, 0.5),
			line(`${AT_ONCE} incidents at once`, together, 0.99)
		];
	} finally {
		await storage.close();
		lock?.release();
	}
}

/** Appends to one incident, one after the other. */
class Appender {
	#storage: Storage;
	#incidentId: string;
	#epoch: number;
	#seq = 0;
	#n = 0;

	private constructor(storage: Storage, incidentId: string, epoch: number) {
		this.#storage = storage;
		this.#incidentId = incidentId;
		this.#epoch = epoch;
	}

	static async create(storage: Storage, incidentId: string): Promise<Appender> {
		const summary = {
			title: 'Bench',
			severity: null,
			lifecycle: 'running',
			status: 'investigating',
			people: 1,
			endedAt: null
		} as const;
		const { head } = await storage.createIncident({
			incidentId,
			origin: 'real',
			createdAt: 0,
			policy: DEFAULT_SEVERITY_POLICY,
			hostKeyHash: 'hash',
			joinKey: null,
			summary,
			run: null,
			events: [],
			owner: 'bench'
		});
		return new Appender(storage, incidentId, head.epoch);
	}

	async append(): Promise<void> {
		const n = this.#n + 1;
		const events = Array.from({ length: EVENTS_EACH }, (_, i) => eventOf(this.#seq + 1 + i, n));
		const outcome = await this.#storage.append({
			incidentId: this.#incidentId,
			epoch: this.#epoch,
			after: { seq: this.#seq, n: this.#n },
			command: {
				n,
				simMs: n * 1000,
				at: n,
				by: { participantId: 'p1', host: false },
				clientCommandId: `${this.#incidentId}-${n}`,
				body: { type: 'postMessage', text: TEXT },
				result: null
			},
			events,
			simMs: n * 1000,
			summary: null
		});
		if (!outcome.ok) throw new Error(`refused: ${outcome.reason}`);
		this.#seq += EVENTS_EACH;
		this.#n = n;
	}
}

const TEXT = 'Errors of core-api are at 24 %, all of them on 4.18.0; I roll it back.';

function eventOf(seq: number, causedBy: number): IncidentEvent {
	return {
		type: 'message.posted',
		payload: { messageId: `m${seq}`, text: TEXT, said: null },
		seq,
		occurredAt: seq,
		recordedAt: seq,
		simMs: seq * 1000,
		actor: { kind: 'participant', id: 'p1' },
		audience: EVERYONE,
		causedBy
	};
}

/** The same bytes as one text in one row, with the same driver: what the database itself costs. */
async function bareInserts(database: Database): Promise<number[]> {
	const text = JSON.stringify([TEXT, eventOf(1, 1), eventOf(2, 1)]);
	await rows(database.orm, sql`create table bench_bare (id int generated always as identity, body text)`);
	for (let i = 0; i < 20; i += 1) await rows(database.orm, sql`insert into bench_bare (body) values (${text})`);
	return times(ALONE, () => rows(database.orm, sql`insert into bench_bare (body) values (${text})`));
}

async function times(count: number, work: () => Promise<unknown>): Promise<number[]> {
	const taken: number[] = [];
	const until = performance.now() + MOST_MS;
	for (let i = 0; i < count && performance.now() < until; i += 1) taken.push(await timed(work));
	return taken;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
	const from = performance.now();
	await work();
	return performance.now() - from;
}
