import type { LoggedCommand } from '../incident/command.ts';
import type { Engine, RunSettings } from '../engine/types.ts';
import { Recorder, runLimitMs } from './simulate.ts';
import type { Simulated } from './simulate.ts';

export interface ReplayOptions {
	seed: string;
	settings: RunSettings;
	commands: readonly LoggedCommand[];
	/** Simulated time to stop at; the end of the run unless given. */
	untilMs?: number;
	/** Goes on after that, second by second, until there are so many events: some are dated earlier than they were known. */
	untilEvents?: number;
}

/**
 * Plays a command log again: each command at its simulated time, under its number, until the run ends. What people did after
 * the end (debrief, corrections) is not part of the run and is left out. Commands that the (possibly changed) world refuses
 * are listed, not thrown. The same log gives the same events and hash; a log with one command left out is a what-if.
 */
export function replay(engine: Engine, options: ReplayOptions): Simulated {
	const recorder = new Recorder(engine, options.seed, options.settings);
	for (const command of options.commands) {
		const simMs = command.simMs ?? 0;
		if (options.untilMs !== undefined && simMs > options.untilMs) break;
		if (simMs > recorder.state.simMs) recorder.advance(simMs);
		if (recorder.state.outcome !== null) break;
		recorder.carryOut(command);
	}
	const limitMs = runLimitMs(engine, options.settings) + 1000;
	const untilMs = options.untilMs ?? limitMs;
	if (recorder.state.outcome === null && untilMs > recorder.state.simMs) recorder.advance(untilMs);
	while (recorder.events.length < (options.untilEvents ?? 0) && recorder.state.simMs < limitMs) {
		const { simMs } = recorder.state;
		recorder.advance(simMs + 1000);
		if (recorder.state.simMs === simMs) break;
	}
	return {
		seed: options.seed,
		policy: 'log',
		state: recorder.state,
		events: recorder.events,
		commands: recorder.commands,
		refused: recorder.refused
	};
}
