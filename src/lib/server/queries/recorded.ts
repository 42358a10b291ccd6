// What the rules of a scenario recorded, and their ALERTS, over any span: worked out from the scraped series when somebody asks.

import { firstTick, TICK_MS } from '../../engine/rule-runner.ts';
import {
	compileRules,
	createMemoryStore,
	emptyRuleState,
	evaluateRules,
	type CompiledRules,
	type Matcher,
	type MemoryStore,
	type RuleFile,
	type RuleState,
	type Series
} from '../../promql/index.ts';
import type { CompiledScenario } from '../../scenario/library.ts';
import type { Observation } from '../../telemetry/types.ts';
import type { WorldState } from '../../world/types.ts';

/** Further back nothing recorded is shown: a day of rules is about a second's work. */
const MOST_BACK_MS = 24 * 3_600_000;

interface Made {
	store: MemoryStore;
	state: RuleState;
	/** Ticks that were looked at: from, and up to. */
	fromMs: number;
	toMs: number;
}

export class Recorded {
	readonly #rules: CompiledRules;
	readonly #names: readonly string[];
	readonly #observation: Observation;
	/** How long rules must have been looked at before what they say is right. */
	readonly #warmUpMs: number;
	#made: Made | null = null;

	constructor(compiled: CompiledScenario, observation: Observation, warmUpMs: number) {
		const rules = compileRules(compiled.rules as unknown as RuleFile);
		if (!rules.ok) throw new Error(`rules of ${compiled.scenario.id}: ${rules.error.message}`);
		this.#rules = rules.value;
		this.#observation = observation;
		this.#warmUpMs = warmUpMs;
		const recording = rules.value.rules.filter(({ type }) => type === 'record').map(({ name }) => name);
		this.#names = [...new Set([...recording, 'ALERTS', 'ALERTS_FOR_STATE'])];
	}

	/** Whether a selector can match anything here at all. */
	concerns(matchers: readonly Matcher[]): boolean {
		const names = matchers.filter(({ name }) => name === '__name__');
		return this.#names.some((name) => names.every((matcher) => matcher.matches(name)));
	}

	/** Series that match, with at least their samples in the span; simulated milliseconds. */
	select(world: WorldState, matchers: readonly Matcher[], fromMs: number, toMs: number): readonly Series[] {
		return this.#upTo(world, fromMs, toMs).store.select(matchers, fromMs, toMs);
	}

	forget(): void {
		this.#made = null;
	}

	#upTo(world: WorldState, fromMs: number, toMs: number): Made {
		// Begun where the engine begins, so that both see the same alerts; earlier only where somebody looks further back.
		const wanted = Math.max(-MOST_BACK_MS, Math.min(-this.#warmUpMs, fromMs - this.#warmUpMs));
		const beginMs = firstTick(wanted);
		if (this.#made === null || this.#made.fromMs > beginMs) {
			this.#made = { store: createMemoryStore(), state: emptyRuleState, fromMs: beginMs, toMs: beginMs - TICK_MS };
		}
		const made = this.#made;
		for (let t = made.toMs + TICK_MS; t <= toMs; t += TICK_MS) {
			const scraped = this.#observation.queryable(world, t);
			const options = { store: made.store, annotations: 'transitions' } as const;
			made.state = evaluateRules(this.#rules, made.state, scraped, t, options).state;
			made.toMs = t;
		}
		return made;
	}
}
