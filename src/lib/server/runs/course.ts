// What makes an incident move: a simulation, or people alone. A step is worked out first and counts only once it is stored.

import type { CommandBody, Commander, LoggedCommand } from '../../incident/command.ts';
import type { EventDraft } from '../../incident/event.ts';
import type { Refusal } from '../../incident/refusal.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { CommandResult } from '../../protocol/messages.ts';

/** A command as it came, before it has a place in the log. */
export interface Given {
	n: number;
	by: Commander;
	clientCommandId: string;
	body: CommandBody;
}

/** What would follow. Nothing has changed until `commit`. */
export interface Pending {
	ok: true;
	command: LoggedCommand | null;
	result: CommandResult | null;
	events: EventDraft[];
	incident: IncidentState;
	simMs: number | null;
	/** Hash of the engine's state where this step ends the run, null otherwise. */
	endedHash: string | null;
	commit(): void;
}

export interface Course {
	/** As of all that is committed. */
	readonly incident: IncidentState;
	readonly simMs: number | null;
	/** Lets time pass until `simMs` (a real incident's passes by itself), then carries the command out, if one is given. */
	step(simMs: number, given: Given | null): Pending | Refusal;
	/** Events of Muster's own, which follow neither from time nor from a command. */
	record(events: EventDraft[]): Pending;
	/** Incident time now, epoch ms; `simMs` is the clock's, finer than the grid. */
	at(simMs: number): number;
}
