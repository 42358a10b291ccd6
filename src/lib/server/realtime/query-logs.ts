// One reader's search through the logs of a run: in pieces, with a turn for everybody else in between, so that the clock
// never waits for a search. A new search takes the place of the one before.

import { refuse, type Refusal } from '../../incident/refusal.ts';
import type { LogsAnswer, LogsMessage } from '../../protocol/messages.ts';
import { compileLogPattern, type LogPattern } from '../../telemetry/index.ts';
import type { PracticeCourse } from '../runs/practice-course.ts';

const OVERTAKEN = refuse('too_many', 'A newer search took the place of this one.');

export class LogSearch {
	#current = 0;

	/** Never beyond now. A pattern that is no RE2 is refused in words. */
	async run({ engine, state }: PracticeCourse, message: LogsMessage): Promise<LogsAnswer | Refusal> {
		const mine = ++this.#current;
		const { services, levels, text, fields, fromAt, toAt, limit } = message;
		let pattern: LogPattern | null = null;
		if (message.pattern && text !== '') {
			const compiled = compileLogPattern(text);
			if (!compiled.ok) return refuse('malformed', compiled.message);
			pattern = compiled.pattern;
		}
		const { startsAt } = engine.compiled;
		const toMs = Math.min(toAt - startsAt, state.simMs);
		const fromMs = Math.min(fromAt - startsAt, toMs);
		const query = { fromMs, toMs, services, levels, text, pattern, fields, limit };
		const search = engine.observation.logSearch(state.world, query);
		for (;;) {
			const step = search.next();
			if (step.done) {
				const { records, histogram, searchedFromMs, ...page } = step.value;
				return {
					...page,
					searchedFromAt: startsAt + searchedFromMs,
					records: records.map(({ simMs: at, ...record }) => ({ at: startsAt + at, ...record })),
					histogram: histogram.map(({ fromMs: from, ...counts }) => ({ fromAt: startsAt + from, ...counts }))
				};
			}
			await new Promise((resolve) => setImmediate(resolve));
			if (mine !== this.#current) return OVERTAKEN;
		}
	}

	stop(): void {
		this.#current++;
	}
}
