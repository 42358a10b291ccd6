// The simulated system at one moment of a run that was.

import type { Engine, EngineState } from '../../engine/types.ts';
import type { ReplayMoment } from '../../protocol/debrief.ts';
import { facilitatorView } from '../projection/facilitator-view.ts';

/**
 * What instruments showed, and with `truth` what was so. What was seen once never changes, so it is read off `latest`, the
 * furthest state there is: whoever goes from moment to moment then asks the same instruments, which remember.
 */
export function momentOf(
	engine: Engine,
	state: EngineState,
	{ latest, truth }: { latest: EngineState; truth: boolean }
): ReplayMoment {
	const view = truth ? facilitatorView(engine, state) : null;
	return {
		simMs: state.simMs,
		at: engine.compiled.startsAt + state.simMs,
		services: engine.observation.health(latest.world, state.simMs),
		truth: view && { faults: view.faults, impact: view.impact, restored: view.restored }
	};
}
