import type { Queryable } from '../promql/index.ts';
import type { Condition } from '../scenario/condition.ts';
import { conditionHoldsIn, type HeldMemory } from './conditions.ts';
import type { Engine, EngineState } from './types.ts';

/**
 * Whether an author's condition holds in a state: for policies that play the author's own line. Who asks again and again
 * of one run gives a memory, so that `for` is not looked up from its beginning each time.
 */
export function conditionHolds(engine: Engine, state: EngineState, condition: Condition, memory?: HeldMemory): boolean {
	return conditionHoldsIn(engine.machinery(state.seed), state, condition, memory);
}

/** All series that the room may ask for now: scraped ones, and those that recording rules made of them. */
export function visibleQueryable(engine: Engine, state: EngineState): Queryable {
	return engine.machinery(state.seed).rules.queryable(state.world, state.simMs);
}
