import type { CommandBody, Commander, LoggedCommand } from '../incident/command.ts';
import type { EventDraft, IncidentEvent } from '../incident/event.ts';
import { DEFAULT_SEVERITY_POLICY } from '../incident/severity.ts';
import type { Engine, EngineState, RunSettings } from '../engine/types.ts';
import { conditionHolds, HeldMemory, roomInfo } from '../engine/index.ts';
import type { Condition } from '../scenario/condition.ts';
import { Eyes } from './eyes.ts';
import type { Policy } from './policy.ts';

/** The one participant that a policy plays as; it holds the host link, so that it can begin the run. */
const PLAYER: Commander = { participantId: 'p1', host: true };

export const SIMULATION_SETTINGS: RunSettings = {
	policy: DEFAULT_SEVERITY_POLICY,
	bots: ['scribe'],
	limitMinutes: null
};

/** A run played without anybody watching. Events are numbered as a stored log would be; `recordedAt` is their own time. */
export interface Simulated {
	seed: string;
	policy: string;
	state: EngineState;
	events: IncidentEvent[];
	commands: LoggedCommand[];
	/** Commands that were refused, with why. */
	refused: { body: CommandBody; message: string; simMs: number }[];
}

export interface SimulateOptions {
	seed: string;
	policy: Policy;
	settings?: RunSettings;
	/** Called about once per simulated minute. */
	onProgress?: (simMs: number) => void;
	/** Shown the run whenever its policy is asked; must not touch it. */
	onState?: (state: EngineState) => void;
	/** Asked four times per simulated minute: whether nothing that could still happen matters. The run is left where it stands. */
	enough?: (state: EngineState, events: readonly IncidentEvent[]) => boolean;
}

/** How often `enough` is asked, in simulated milliseconds. */
const ASKS_EVERY_MS = 15_000;

/** Plays a scenario from the lobby to its end with a policy in all seats. Pure: same engine, seed and policy, same result. */
export function simulate(engine: Engine, options: SimulateOptions): Simulated {
	const recorder = new Recorder(engine, options.seed, options.settings ?? SIMULATION_SETTINGS);
	recorder.give({ type: 'join', as: 'responder' }, PLAYER);
	recorder.give({ type: 'beginRun' }, PLAYER);
	const limitMs = runLimitMs(engine, recorder.state.settings);
	const room = roomInfo(engine.compiled);
	const { observation } = engine.machinery(options.seed);
	const eyes = new Eyes(PLAYER.participantId);
	const held = new HeldMemory();
	let nextReport = 0;
	let nextAsk = 0;
	while (recorder.state.outcome === null && recorder.state.simMs <= limitMs) {
		const simMs = recorder.state.simMs;
		if (simMs >= nextReport) {
			options.onProgress?.(simMs);
			nextReport = simMs + 60_000;
		}
		options.onState?.(recorder.state);
		if (options.enough && simMs >= nextAsk) {
			nextAsk = simMs + ASKS_EVERY_MS;
			if (options.enough(recorder.state, recorder.events)) break;
		}
		const view = {
			simMs,
			state: eyes.see(recorder.events),
			room,
			health: () => observation.health(recorder.state.world, recorder.state.simMs),
			holds: (c: Condition) => conditionHolds(engine, recorder.state, c, held)
		};
		for (const body of options.policy.decide(view)) {
			const refusal = recorder.give(body, PLAYER);
			options.policy.answered(body, refusal);
		}
		const wake = Math.max(simMs + 1000, Math.min(options.policy.wakeAt(simMs), simMs + 60_000, limitMs + 1000));
		recorder.advance(wake);
		// A policy may pause the run; nobody else is there to resume it.
		if (recorder.state.simMs === simMs) break;
	}
	return {
		seed: options.seed,
		policy: options.policy.name,
		state: recorder.state,
		events: recorder.events,
		commands: recorder.commands,
		refused: recorder.refused
	};
}

/** Where a run ends if nobody ends it, in simulated milliseconds. */
export function runLimitMs(engine: Engine, settings: RunSettings): number {
	return (settings.limitMinutes ?? engine.compiled.scenario.minutes) * 60_000;
}

/** Keeps both logs of a simulated run while it is driven. */
export class Recorder {
	state: EngineState;
	readonly events: IncidentEvent[] = [];
	readonly commands: LoggedCommand[] = [];
	readonly refused: Simulated['refused'] = [];
	readonly #engine: Engine;

	constructor(engine: Engine, seed: string, settings: RunSettings) {
		this.#engine = engine;
		const first = engine.initial(seed, settings);
		this.state = first.state;
		this.#record(first.events);
	}

	advance(toSimMs: number): void {
		const step = this.#engine.advance(this.state, toSimMs);
		this.state = step.state;
		this.#record(step.events);
	}

	/** Gives a command now. Returns why it was refused, or null. */
	give(body: CommandBody, by: Commander): string | null {
		const n = this.commands.length + 1;
		const { simMs } = this.state;
		const at = this.#engine.compiled.startsAt + simMs;
		return this.carryOut({ n, simMs, at, by, clientCommandId: `s${n}`, body });
	}

	/** Carries out a command under the number it has, at the present simulated time. Returns why it was refused, or null. */
	carryOut(command: LoggedCommand): string | null {
		const step = this.#engine.apply(this.state, command);
		if (!step.ok) {
			this.refused.push({ body: command.body, message: step.message, simMs: this.state.simMs });
			return step.message;
		}
		this.state = step.state;
		this.commands.push(command);
		this.#record(step.events);
		return null;
	}

	#record(drafts: readonly EventDraft[]): void {
		for (const draft of drafts)
			this.events.push({ ...draft, seq: this.events.length + 1, recordedAt: draft.occurredAt });
	}
}
