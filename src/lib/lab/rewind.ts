/**
 * Any moment of a run that was: states kept every so often while its command log is played again, and from the one before a
 * moment the few seconds that lack. Pure; whoever holds one decides when a slice of the work is done.
 */
import type { LoggedCommand } from '../incident/command.ts';
import type { Engine, EngineState, RunSettings } from '../engine/types.ts';
import { runLimitMs } from './simulate.ts';

/** Simulated time between two states that are kept. */
export const KEEP_EVERY_MS = 10_000;

interface Kept {
	state: EngineState;
	/** Index of the first command that the state does not contain. */
	next: number;
}

export class Rewind {
	readonly engine: Engine;
	readonly #commands: readonly LoggedCommand[];
	readonly #everyMs: number;
	readonly #limitMs: number;
	#kept: Kept[];
	#whole = false;

	constructor(
		engine: Engine,
		log: { seed: string; settings: RunSettings; commands: readonly LoggedCommand[]; everyMs?: number }
	) {
		this.engine = engine;
		this.#commands = log.commands;
		this.#everyMs = log.everyMs ?? KEEP_EVERY_MS;
		this.#limitMs = runLimitMs(engine, log.settings) + 1000;
		this.#kept = [{ state: engine.initial(log.seed, log.settings).state, next: 0 }];
	}

	/** Whether the run has been played to its end. */
	get whole(): boolean {
		return this.#whole;
	}

	/** Simulated time until which every moment can be answered. */
	get reachMs(): number {
		return this.#last.state.simMs;
	}

	/** The latest state that was played to: the end of the run, once it is whole. */
	get latest(): EngineState {
		return this.#last.state;
	}

	/** Plays one slice more. Returns whether that was the last. */
	grow(): boolean {
		if (this.#whole) return true;
		const from = this.#last;
		const toMs = Math.min((Math.floor(from.state.simMs / this.#everyMs) + 1) * this.#everyMs, this.#limitMs);
		const to = this.#play(from, toMs, () => false);
		this.#whole = to.state.outcome !== null || to.state.simMs === from.state.simMs;
		if (to.state.simMs > from.state.simMs || to.next > from.next) this.#kept.push(to);
		return this.#whole;
	}

	/** The run as it stood once everything of that second had happened; the nearest moment there is, where it is beyond the run. */
	at(simMs: number): EngineState {
		const atMs = Math.max(0, Math.min(Math.floor(simMs / 1000) * 1000, this.reachMs));
		const from = this.#before(({ state }) => state.simMs <= atMs && state.outcome === null);
		return this.#play(from, atMs, () => false).state;
	}

	/** The run as it stood once its first `count` events had happened (and what else came of the same step). */
	afterEvents(count: number): EngineState {
		const from = this.#before(({ state }) => state.eventCount < count && state.outcome === null);
		let reached = from;
		while (reached.state.eventCount < count && reached.state.outcome === null && reached.state.simMs <= this.reachMs) {
			const next = this.#play(reached, reached.state.simMs + 1000, (state) => state.eventCount >= count);
			if (next.state.simMs === reached.state.simMs && next.next === reached.next) break;
			reached = next;
		}
		return reached.state;
	}

	get #last(): Kept {
		return this.#kept[this.#kept.length - 1] as Kept;
	}

	/** The latest kept state that will do; the beginning always does. */
	#before(will: (kept: Kept) => boolean): Kept {
		return this.#kept.findLast(will) ?? (this.#kept[0] as Kept);
	}

	/** Commands at their times, until `toMs` is over, the run has ended or it is enough. */
	#play(from: Kept, toMs: number, enough: (state: EngineState) => boolean): Kept {
		let { state, next } = from;
		for (
			let command = this.#commands[next];
			command && (command.simMs ?? 0) <= toMs;
			command = this.#commands[++next]
		) {
			state = this.engine.advance(state, command.simMs ?? 0).state;
			if (state.outcome !== null || enough(state)) return { state, next };
			const step = this.engine.apply(state, command);
			if (!step.ok) throw new Error(`command ${command.n} of the log is refused when played again: ${step.message}`);
			state = step.state;
			if (state.outcome !== null || enough(state)) return { state, next: next + 1 };
		}
		return { state: this.engine.advance(state, toMs).state, next };
	}
}
