// The simulated system at one moment of a run that was.

import type { Engine, EngineState } from '../../engine/types.ts';
import type { ReplayMoment } from '../../protocol/debrief.ts';
import { facilitatorView } from '../projection/facilitator-view.ts';

/** What instruments showed, and with `truth` what was so. */
export function momentOf(engine: Engine, state: EngineState, truth: boolean): ReplayMoment {
	const view = truth ? facilitatorView(engine, state) : null;
	return {
		simMs: state.simMs,
		at: engine.compiled.startsAt + state.simMs,
		services: engine.observation.health(state.world, state.simMs),
		truth: view && { faults: view.faults, impact: view.impact, restored: view.restored }
	};
}
