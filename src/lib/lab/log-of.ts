import type { Engine } from '../engine/types.ts';
import type { LogFile } from './log-file.ts';
import type { Simulated } from './simulate.ts';

/** A simulated run as an exported log, which verifies as any other. */
export function logOf(engine: Engine, simulated: Simulated): LogFile {
	const { scenario, contentHash } = engine.compiled;
	const { state, seed } = simulated;
	return {
		header: {
			format: 'muster-log',
			formatVersion: 1,
			incidentId: `simulated-${scenario.id}-${seed}`,
			key: 'SIMULATED',
			origin: 'practice',
			title: scenario.title,
			scenario: scenario.id,
			contentHash,
			seed,
			settings: state.settings,
			engineVersion: state.engineVersion,
			hash: state.outcome === null ? null : engine.hash(state)
		},
		commands: simulated.commands,
		events: simulated.events
	};
}
