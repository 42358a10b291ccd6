import {
	compileRules,
	createMemoryStore,
	emptyRuleState,
	evaluateRules,
	overlay,
	type CompiledRules,
	type MemoryStore,
	type Queryable,
	type RuleEvaluation,
	type RuleFile,
	type RuleState
} from '../promql/index.ts';
import type { CompiledScenario } from '../scenario/library.ts';
import type { Observation } from '../telemetry/types.ts';
import type { WorldState } from '../world/index.ts';
import { Lineage } from './lineage.ts';

/** Rules are looked at on multiples of this. */
export const TICK_MS = 15_000;
const LOOKBACK_MS = 5 * 60_000;

/**
 * The alert and recording rules of a scenario. Recorded series are kept as a memo beside the state: they can be computed
 * again from the world alone, since its past never changes. A different line of worlds begins a new memo.
 */
export class RuleRunner {
	readonly #compiled: CompiledRules;
	readonly #observation: Observation;
	readonly #lineage = new Lineage();
	/** Whether rules read what rules wrote: then a fresh memo must be filled before it is used. */
	readonly #readsOwn: boolean;
	/** How far back rules must have been looked at, for pending alerts and recorded ranges to be right. Milliseconds. */
	readonly warmUpMs: number;
	#memo: { store: MemoryStore; world: WorldState; lastMs: number } | null = null;
	/** State of the rules after warming up, by the world it was computed in. */
	readonly #warm = new WeakMap<WorldState, RuleState>();

	constructor(scenario: CompiledScenario, observation: Observation) {
		// The loader has checked the structure; the promql room says what is wrong with the rest.
		const compiled = compileRules(scenario.rules as unknown as RuleFile);
		if (!compiled.ok) throw new Error(`rules of ${scenario.scenario.id}: ${compiled.error.message}`);
		this.#compiled = compiled.value;
		this.#observation = observation;
		const { rules } = compiled.value;
		const written = ['ALERTS', ...rules.filter(({ type }) => type === 'record').map(({ name }) => name)];
		const readers = rules.filter(({ query }) => written.some((name) => query.text.includes(name)));
		this.#readsOwn = readers.length > 0;
		const longestFor = Math.max(0, ...rules.map(({ forMs }) => forMs));
		// What is scraped needs no warming up, whatever the range: only what rules wrote does.
		const longestReach = Math.max(0, ...readers.map(({ query }) => reachOf(query.text)));
		this.warmUpMs = firstTick(longestFor + longestReach + LOOKBACK_MS);
	}

	/** Expression of each rule that alerts, by its key. */
	expression(key: string): string | null {
		return this.#compiled.rules.find((rule) => rule.key === key)?.query.text ?? null;
	}

	/** Says that `next` continues `before`: what was recorded under the one holds under the other. */
	follows(before: WorldState, next: WorldState): void {
		this.#lineage.follows(before, next);
	}

	/** The rules' state just before `tMs`, as if they had been looked at since long. Remembered per world. */
	warmed(world: WorldState, tMs: number): RuleState {
		const known = this.#warm.get(world);
		if (known !== undefined) return known;
		let state = emptyRuleState;
		this.#memo = null;
		for (let t = firstTick(tMs - this.warmUpMs); t <= tMs; t += TICK_MS) state = this.#evaluate(world, state, t).state;
		this.#warm.set(world, state);
		return state;
	}

	/** Looks at all rules at a tick. */
	evaluate(world: WorldState, state: RuleState, tMs: number): RuleEvaluation {
		this.#prepare(world, tMs);
		return this.#evaluate(world, state, tMs);
	}

	/** All series that can be asked for at a moment: what is scraped, and what rules recorded of it. */
	queryable(world: WorldState, tMs: number): Queryable {
		this.#prepare(world, firstTick(tMs + 1));
		const store = this.#memo?.store;
		const scraped = this.#observation.queryable(world, tMs);
		return store === undefined ? scraped : overlay(scraped, store);
	}

	#evaluate(world: WorldState, state: RuleState, tMs: number): RuleEvaluation {
		this.#memo ??= { store: createMemoryStore(), world, lastMs: tMs };
		this.#memo.world = world;
		this.#memo.lastMs = tMs;
		return evaluateRules(this.#compiled, state, this.#observation.queryable(world, tMs), tMs, {
			store: this.#memo.store,
			annotations: 'transitions'
		});
	}

	/** Makes sure that the memo holds everything recorded before the tick `tMs`, under this world. */
	#prepare(world: WorldState, tMs: number): void {
		const memo = this.#memo;
		const fits = memo !== null && memo.lastMs === tMs - TICK_MS && this.#lineage.continues(world, memo.world);
		if (fits) return;
		this.#memo = null;
		if (!this.#readsOwn) return;
		let state = emptyRuleState;
		for (let t = firstTick(tMs - this.warmUpMs); t < tMs; t += TICK_MS) state = this.#evaluate(world, state, t).state;
	}
}

/** The first tick at or after a moment. */
export function firstTick(tMs: number): number {
	return Math.ceil(tMs / TICK_MS) * TICK_MS;
}

const UNITS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** How far back an expression reads at most: its longest range and its longest offset. Milliseconds. */
function reachOf(expression: string): number {
	const longest = (pattern: RegExp) =>
		Math.max(0, ...[...expression.matchAll(pattern)].map(([, text]) => duration(text ?? '')));
	return longest(/\[\s*([0-9a-z]+)/g) + longest(/\boffset\s+([0-9a-z]+)/g);
}

function duration(text: string): number {
	const parts = [...text.matchAll(/(\d+)(ms|[smhdw])/g)];
	return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0), 0);
}
