/**
 * The engine: one run of one scenario, as pure functions of (state, time or command). It composes the world, what can be
 * seen of it, and what people do. It must not know of sockets, databases, wall clocks or browsers.
 */
import type { CompiledScenario } from '../scenario/library.ts';
import { createObservation } from '../telemetry/index.ts';
import { createEngineWith } from './engine.ts';
import type { Engine } from './types.ts';

export { conditionHolds, visibleQueryable } from './ask.ts';
export { HeldMemory } from './conditions.ts';
export { meaningOf, type LineMeaning } from './console.ts';
export { shellView } from './shell.ts';
export { createEngineWith } from './engine.ts';
export { facilitatorView, type FacilitatorView } from './facilitator.ts';
export { groundTruth } from './initial.ts';
export { roleKnowledge, roomInfo, type RoomInfo } from './room-info.ts';
export * from './types.ts';

/** An engine for a scenario. `seed` is that of the run whose observation is wanted; states carry their own. */
export function createEngine(compiled: CompiledScenario, seed = 'muster'): Engine {
	return createEngineWith(compiled, seed, createObservation);
}
