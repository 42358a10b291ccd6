import type { Queryable } from '../promql/index.ts';
import type { Condition } from '../scenario/condition.ts';
import { conditionHoldsIn } from './conditions.ts';
import type { Engine, EngineState } from './types.ts';

/** Whether an author's condition holds in a state: for policies that play the author's own line. */
export function conditionHolds(engine: Engine, state: EngineState, condition: Condition): boolean {
	return conditionHoldsIn(engine.machinery(state.seed), state, condition);
}

/** All series that the room may ask for now: scraped ones, and those that recording rules made of them. */
export function visibleQueryable(engine: Engine, state: EngineState): Queryable {
	return engine.machinery(state.seed).rules.queryable(state.world, state.simMs);
}
