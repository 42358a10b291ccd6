import type { Refusal } from '../incident/refusal.ts';

/** What the console asks before it runs a line, over the telemetry's socket. Changes nothing. */
export interface ShellClientToServer {
	/** What a line would do: run, or change something and so be confirmed first. */
	whatIs: (message: { line: string }, answer: (answer: { ok: true; line: LineMeaning } | Refusal) => void) => void;
	/** How a line can go on, with names of resources as they are now. */
	complete: (
		message: { line: string },
		answer: (answer: { ok: true; completions: string[] } | Refusal) => void
	) => void;
}

export type LineMeaning =
	| { type: 'look' }
	/** It is one of the mitigations on offer: the same question is asked as for them. */
	| { type: 'mitigation'; mitigationId: string }
	/** It cannot be run; why, and what to do instead. */
	| { type: 'refused'; message: string };
