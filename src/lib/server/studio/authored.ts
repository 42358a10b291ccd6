// Scenarios that were written here, as the library offers them: the latest version of each that loads.

import type { CompiledScenario } from '../../scenario/library.ts';
import type { ScenarioFiles } from '../db/authored-storage.ts';
import type { Storage } from '../db/storage.ts';
import type { Logger } from '../log.ts';
import type { Workbench } from './workbench.ts';

interface Offered {
	version: number;
	compiled: CompiledScenario | null;
}

/** Other servers on the same database may save, too. */
const LOOK_EVERY_MS = 15_000;

export class Authored {
	readonly #storage: Storage;
	readonly #bench: Workbench;
	readonly #log: Logger;
	#offered = new Map<string, Offered>();
	#reading: Promise<void> = Promise.resolve();
	#timer: NodeJS.Timeout | null = null;

	constructor(storage: Storage, bench: Workbench, log: Logger) {
		this.#storage = storage;
		this.#bench = bench;
		this.#log = log;
	}

	/** Begins to read what is there; `ready` waits for it. */
	start(closing: AbortSignal): void {
		this.#queue();
		if (this.#storage.kind === 'pglite') return;
		this.#timer = setInterval(() => this.#queue(), LOOK_EVERY_MS);
		this.#timer.unref();
		closing.addEventListener('abort', () => this.#timer && clearInterval(this.#timer), { once: true });
	}

	/** Settled when everything that was stored until now is on offer. */
	ready(): Promise<void> {
		return this.#reading;
	}

	get all(): CompiledScenario[] {
		return [...this.#offered.values()].flatMap(({ compiled }) => compiled ?? []);
	}

	find(id: string): CompiledScenario | null {
		return this.#offered.get(id)?.compiled ?? null;
	}

	/** A version that was just saved and read. */
	offer(id: string, version: number, compiled: CompiledScenario): void {
		const known = this.#offered.get(id);
		if (!known || known.version < version) this.#offered.set(id, { version, compiled });
	}

	remove(id: string): void {
		this.#offered.delete(id);
	}

	#queue(): void {
		this.#reading = this.#reading
			.then(() => this.#read())
			.catch((error: unknown) => {
				this.#log.warn({ err: error }, 'scenarios that were written here could not be read');
			});
	}

	async #read(): Promise<void> {
		const stored = await this.#storage.listAuthored();
		const ids = new Set(stored.map(({ id }) => id));
		for (const id of this.#offered.keys()) if (!ids.has(id)) this.#offered.delete(id);
		for (const { id, offered } of stored) {
			if (offered === null || (this.#offered.get(id)?.version ?? 0) >= offered) continue;
			const files: ScenarioFiles | null = await this.#storage.readAuthoredFiles(id, offered);
			if (!files) continue;
			const { compiled, problems } = await this.#bench.check(id, files);
			// It loaded when it was saved: the format, or the topology it stands on, has changed since.
			if (!compiled) this.#log.warn({ scenario: id, problem: problems[0] }, 'a scenario does not load any more');
			this.#offered.set(id, { version: offered, compiled });
		}
	}
}
