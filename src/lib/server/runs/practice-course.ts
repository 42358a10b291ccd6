// A practice run: the engine is asked what follows, and its next state is kept aside until the events are stored.

import type { Engine, EngineState } from '../../engine/types.ts';
import type { LoggedCommand } from '../../incident/command.ts';
import type { EventDraft } from '../../incident/event.ts';
import { foldEvent } from '../../incident/fold.ts';
import type { Refusal } from '../../incident/refusal.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { CommandResult } from '../../protocol/messages.ts';
import type { Course, Given, Pending } from './course.ts';

export class PracticeCourse implements Course {
	readonly engine: Engine;
	#state: EngineState;

	constructor(engine: Engine, state: EngineState) {
		this.engine = engine;
		this.#state = state;
	}

	get state(): EngineState {
		return this.#state;
	}
	get incident(): IncidentState {
		return this.#state.incident;
	}
	get simMs(): number {
		return this.#state.simMs;
	}

	at(simMs: number): number {
		return this.engine.compiled.startsAt + simMs;
	}

	step(simMs: number, given: Given | null): Pending | Refusal {
		const passed = this.engine.advance(this.#state, Math.max(simMs, this.#state.simMs));
		if (!given) return this.#pending(passed.state, passed.events, null);
		const now = passed.state.simMs;
		const command: LoggedCommand = { ...given, simMs: now, at: this.at(now) };
		const step = this.engine.apply(passed.state, command);
		if (!step.ok) return step;
		return this.#pending(step.state, [...passed.events, ...step.events], command);
	}

	record(events: EventDraft[]): Pending {
		const incident = events.reduce(foldEvent, this.#state.incident);
		return this.#pending({ ...this.#state, incident }, events, null);
	}

	#pending(state: EngineState, events: EventDraft[], command: LoggedCommand | null): Pending {
		return {
			ok: true,
			command,
			result: command && consoleResult(command, events),
			events,
			incident: state.incident,
			simMs: state.simMs,
			endedHash: events.some(({ type }) => type === 'run.ended') ? this.engine.hash(state) : null,
			commit: () => {
				this.#state = state;
			}
		};
	}
}

/** What a line typed into the console answers at once; its output comes as an event when its time is over. */
function consoleResult(command: LoggedCommand, events: readonly EventDraft[]): CommandResult | null {
	if (command.body.type !== 'runConsole') return null;
	const known = events.some(({ causedBy }) => causedBy === command.n);
	return { kind: 'console', output: '', known };
}
