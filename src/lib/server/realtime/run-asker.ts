// Asks the workers about one run as it stood at one moment, in simulated time.

import type { LiveIncident } from '../runs/live-incident.ts';
import { failure, type Answers, type Ask, type Outcome, type QuerySource } from '../queries/ask.ts';
import { sourceOf, type QueryService } from '../queries/service.ts';

export class RunAsker {
	readonly #queries: QueryService;
	readonly #source: QuerySource;

	private constructor(queries: QueryService, source: QuerySource) {
		this.#queries = queries;
		this.#source = source;
	}

	/** The run as it stands now; null where there is no simulation to ask about. */
	static of(queries: QueryService, live: LiveIncident): RunAsker | null {
		const found = sourceOf(live, 0);
		return found.ok ? new RunAsker(queries, found.source) : null;
	}

	get simMs(): number {
		return this.#source.simMs;
	}
	/** What simulated time 0 is in incident time. */
	get startsAt(): number {
		return this.#source.compiled.startsAt;
	}
	/** The same for two that see the same. */
	get moment(): string {
		return `${this.#source.key} ${this.#source.simMs}`;
	}

	/** Never rejects. */
	async ask<A extends Ask>(ask: A): Promise<Outcome<Answers[A['type']]>> {
		const outcome = await this.#queries.ask(this.#source, ask, 'room');
		if (!outcome.ok && (outcome.code === 'timeout' || outcome.code === 'waiting')) {
			return failure(outcome.code, 'This query takes too long here: narrow its selectors or its range.');
		}
		return outcome;
	}
}
