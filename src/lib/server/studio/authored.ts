// Scenarios that were written here, as the library offers them: the latest version of each that loads.

import type { CompiledScenario } from '../../scenario/library.ts';
import type { AuthoredScenario, ScenarioFiles } from '../db/authored-storage.ts';
import type { Storage } from '../db/storage.ts';
import type { Logger } from '../log.ts';
import type { Workbench } from './workbench.ts';

interface Offered {
	version: number;
	/** Of the scenario: one that was taken out and begun anew counts its versions anew. */
	createdAt: number;
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
	#closing: AbortSignal | null = null;

	constructor(storage: Storage, bench: Workbench, log: Logger) {
		this.#storage = storage;
		this.#bench = bench;
		this.#log = log;
	}

	/** Begins to read what is there; `ready` waits for it. */
	start(closing: AbortSignal): void {
		this.#closing = closing;
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
	offer({ id, version, createdAt }: AuthoredScenario, compiled: CompiledScenario | null): void {
		if (!this.#has(id, version, createdAt)) this.#offered.set(id, { version, createdAt, compiled });
	}

	remove(id: string): void {
		this.#offered.delete(id);
	}

	#has(id: string, version: number, createdAt: number): boolean {
		const known = this.#offered.get(id);
		return known !== undefined && known.createdAt === createdAt && known.version >= version;
	}

	#queue(): void {
		this.#reading = this.#reading
			.then(() => this.#read())
			.catch((error: unknown) => {
				if (this.#closing?.aborted) return;
				this.#log.warn({ err: error }, 'scenarios that were written here could not be read');
			});
	}

	async #read(): Promise<void> {
		const stored = await this.#storage.listAuthored();
		const ids = new Set(stored.map(({ id }) => id));
		for (const id of this.#offered.keys()) if (!ids.has(id)) this.#offered.delete(id);
		for (const scenario of stored) {
			const { id, offered, createdAt } = scenario;
			if (offered === null || this.#has(id, offered, createdAt)) continue;
			const files: ScenarioFiles | null = await this.#storage.readAuthoredFiles(id, offered);
			if (!files) continue;
			const { compiled, problems } = await this.#bench.check(id, files);
			// What the end of the server cut short says nothing about the scenario.
			if (this.#closing?.aborted) return;
			// It loaded when it was saved: the format, or the topology it stands on, has changed since.
			if (!compiled) this.#log.warn({ scenario: id, problem: problems[0] }, 'a scenario does not load any more');
			this.offer({ ...scenario, version: offered }, compiled);
		}
	}
}
