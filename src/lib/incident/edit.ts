import type { CommandBody } from './command.ts';

/** What may be added to a log that is asked "what if": commands that do not point at anything this run made up. */
export type AddableCommand = Extract<
	CommandBody,
	{ type: 'applyMitigation' | 'declareIncident' | 'changeStatus' | 'escalate' | 'publishStatusUpdate' }
>;

/** One change to a command log. Times are simulated milliseconds since the run began. */
export type CommandEdit =
	| { type: 'remove'; n: number }
	| { type: 'move'; n: number; toMs: number }
	| { type: 'add'; atMs: number; body: AddableCommand };

/** More at once would be another run, not a change of this one. */
export const MOST_EDITS = 12;
