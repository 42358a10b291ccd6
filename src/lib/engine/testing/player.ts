import type { CommandBody, LoggedCommand } from '../../incident/command.ts';
import type { EventDraft, EventType, PayloadOf } from '../../incident/event.ts';
import type { Refusal } from '../../incident/refusal.ts';
import { DEFAULT_SEVERITY_POLICY } from '../../incident/severity.ts';
import type { CompiledScenario } from '../../scenario/library.ts';
import { smallScenario } from '../../world/testing/small-scenario.ts';
import { createEngineWith } from '../engine.ts';
import type { Engine, EngineState, RunSettings } from '../types.ts';
import { plainObservation } from './plain-observation.ts';

export const SETTINGS: RunSettings = { policy: DEFAULT_SEVERITY_POLICY, bots: ['scribe'], limitMinutes: null };

export function plainEngine(compiled: CompiledScenario = smallScenario(), seed = 's'): Engine {
	return createEngineWith(compiled, seed, plainObservation);
}

/** What an event says, and the simulated second it happened in. */
export interface ToldAt {
	second: number;
}
export type Told<T extends EventType> = PayloadOf<T> & ToldAt;

/** Plays a run by hand in tests, and keeps what came of it. */
export class Player {
	state: EngineState;
	readonly events: EventDraft[] = [];
	readonly commands: LoggedCommand[] = [];

	constructor(
		readonly engine: Engine = plainEngine(),
		seed = 's',
		settings: RunSettings = SETTINGS
	) {
		const step = engine.initial(seed, settings);
		this.state = step.state;
		this.events.push(...step.events);
	}

	/** A responder p1 with the host link is in, and the run has begun. */
	begun(): this {
		this.give({ type: 'join', as: 'responder' });
		this.give({ type: 'beginRun' });
		return this;
	}

	to(simMs: number): this {
		const step = this.engine.advance(this.state, simMs);
		this.state = step.state;
		this.events.push(...step.events);
		return this;
	}

	/** Gives a command, by p1 with the host link unless said otherwise. Answers with the refusal, if there was one. */
	give(body: CommandBody, participantId = 'p1', host = participantId === 'p1'): Refusal | null {
		const n = this.commands.length + 1;
		const at = this.engine.compiled.startsAt + this.state.simMs;
		const by = { participantId, host };
		const command = { n, simMs: this.state.simMs, at, by, clientCommandId: `c${n}`, body };
		const step = this.engine.apply(this.state, command);
		if (!step.ok) return step;
		this.commands.push(command);
		this.state = step.state;
		this.events.push(...step.events);
		return null;
	}

	/** Payloads of one kind of event, with the simulated second. */
	told<T extends EventType>(type: T): Told<T>[] {
		const found = this.events
			.filter((event) => event.type === type)
			.map((event) => ({ ...event.payload, second: (event.simMs ?? 0) / 1000 }));
		// The compiler does not follow the filter into the payload.
		return found as unknown as Told<T>[];
	}
}
