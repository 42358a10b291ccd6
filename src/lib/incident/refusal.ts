/**
 * Expected refusals are values, never throws: one sentence a person can act on, and a stable code.
 * Broken invariants throw instead.
 */
export interface Refusal {
	ok: false;
	code: RefusalCode;
	message: string;
}

export type RefusalCode =
	/** The body does not fit the schema. */
	| 'malformed'
	/** The body or text is larger than allowed. */
	| 'too_large'
	/** Too many commands in too short a time. */
	| 'too_many'
	/** An id in the command names nothing in this incident. */
	| 'unknown_id'
	/** The seat, host link or administrator's secret that this needs is not held. */
	| 'forbidden'
	/** The command makes no sense in the present state (already acknowledged, already declared, …). */
	| 'wrong_state'
	/** The run has ended; only debrief and post-mortem commands are taken. */
	| 'ended'
	/** The run is paused or frozen; only host commands, messages and notes are taken. */
	| 'paused'
	/** The run has not begun. */
	| 'not_started'
	/** Something must be said or done first; the message says what. */
	| 'incomplete'
	/** It comes from an exercise and may not enter a real incident. */
	| 'exercise'
	/** The database does not answer; nothing was done. */
	| 'unavailable'
	/** Another server owns this run now. */
	| 'not_owner';

export function refuse(code: RefusalCode, message: string): Refusal {
	return { ok: false, code, message };
}
