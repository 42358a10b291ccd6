/** Plays many runs of one scenario: one engine per seed, and of the rules only what somebody can read. */
import { createEngine, type Engine, type EngineState } from '../engine/index.ts';
import type { IncidentEvent } from '../incident/event.ts';
import type { CompiledScenario } from '../scenario/library.ts';
import type { Policy } from './policy.ts';
import { summarise, type SimulationResult } from './result.ts';
import { simulate } from './simulate.ts';

/** A run that was played. */
export interface Played {
	seed: string;
	result: SimulationResult;
	/** Mitigations that the log judged harmful, by id. */
	harmed: string[];
	policy: Policy;
}

/** Whether a run may be left: nothing that follows matters. */
export type Enough = (state: EngineState, events: readonly IncidentEvent[]) => boolean;

/** Plays run after run; those of one seed, one after the other, share what was computed of their world. */
export class Plays {
	readonly #lean: CompiledScenario;
	#engine: { seed: string; engine: Engine } | null = null;

	constructor(compiled: CompiledScenario) {
		this.#lean = withoutUnread(compiled);
	}

	/** Plays a run; `enough` may leave it early. */
	play(seed: string, policy: Policy, enough?: Enough): Played {
		if (this.#engine?.seed !== seed) this.#engine = { seed, engine: createEngine(this.#lean, seed) };
		const { engine } = this.#engine;
		const simulated = simulate(engine, { seed, policy, ...(enough && { enough }) });
		const harmed = simulated.events.flatMap((event) =>
			event.type === 'mitigation.judged' && event.payload.verdict === 'harmful' ? [event.payload.mitigationId] : []
		);
		return { seed, result: summarise(engine, simulated), harmed, policy };
	}
}

/**
 * Recording rules that no alert reads, in its expression or its words, are for people's charts. No player reads charts: a
 * quarter of the time goes into them. Alerts, and with them the run, are the same without.
 */
export function withoutUnread(compiled: CompiledScenario): CompiledScenario {
	const rules = compiled.rules.groups.flatMap((group) => group.rules);
	const recorded = rules.filter(({ record }) => typeof record === 'string');
	const read = new Set(rules.filter(({ alert }) => alert !== undefined));
	for (const reader of read) {
		const text = JSON.stringify(reader);
		for (const rule of recorded) if (text.includes(String(rule.record))) read.add(rule);
	}
	const groups = compiled.rules.groups.map((group) => ({
		...group,
		rules: group.rules.filter((rule) => read.has(rule))
	}));
	return { ...compiled, rules: { groups: groups.filter((group) => group.rules.length > 0) } };
}
