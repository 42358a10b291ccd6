import { EVERYONE, type Actor, type Audience } from '../actor.ts';
import type { Commander, Recorded, ResponseCommand } from '../command.ts';
import type { EventBody, EventDraft } from '../event.ts';
import type { SaidBy } from '../events/coordination-events.ts';
import type { OnCall } from '../on-call.ts';
import type { Refusal } from '../refusal.ts';
import type { Role } from '../role.ts';
import type { RunbookOutline } from '../runbook.ts';
import type { SeverityPolicy } from '../severity.ts';
import type { IncidentState } from '../state.ts';

/** All that deciding needs beside the state and the command. */
export interface DecideContext {
	/** Incident time, epoch milliseconds. */
	at: number;
	/** Simulated milliseconds since the run began; null in a real incident. */
	simMs: number | null;
	by: Commander;
	commandNumber: number;
	/** Seats of the commander, as `seatsOf` gives them; a `facilitator` invited as such may be given before they join. */
	seats: Role[];
	policy: SeverityPolicy;
	/** The rota, where there is one: without it declaring proposes nobody. */
	onCall?: OnCall;
	/** Runbooks that can be opened, beside the generic investigation. */
	runbooks?: readonly RunbookOutline[];
}

export type Decision = { ok: true; events: EventDraft[] } | Refusal;

export type CommandOf<T extends ResponseCommand['type']> = Extract<ResponseCommand, { type: T }>;
export type Decider<T extends ResponseCommand['type']> = (
	state: IncidentState,
	command: CommandOf<T>,
	context: DecideContext
) => Decision;
export type Deciders<T extends ResponseCommand['type']> = { [K in T]: Decider<K> };

interface DraftOptions {
	actor?: Actor;
	audience?: Audience;
	/** Incident time, where it is not now. */
	occurredAt?: number;
}

/** An event that follows from this command, by the commander, for everyone, now, unless said otherwise. */
export function draft(context: DecideContext, body: EventBody, options: DraftOptions = {}): EventDraft {
	const occurredAt = options.occurredAt ?? context.at;
	return {
		...body,
		occurredAt,
		simMs: context.simMs === null ? null : context.simMs - (context.at - occurredAt),
		actor: options.actor ?? { kind: 'participant', id: context.by.participantId },
		audience: options.audience ?? EVERYONE,
		causedBy: context.commandNumber
	};
}

export function accept(...events: EventDraft[]): Decision {
	return { ok: true, events };
}

/** The most common answer: one event, as `draft` makes it. */
export function happened(context: DecideContext, body: EventBody, options: DraftOptions = {}): Decision {
	return accept(draft(context, body, options));
}

/** When and by whom something was said, where it was recorded for another. */
export function whenSaid(
	command: Recorded,
	context: DecideContext
): { said: SaidBy | null; options: { occurredAt: number } } {
	const { said } = command;
	return said
		? { said: { by: said.by }, options: { occurredAt: said.at } }
		: { said: null, options: { occurredAt: context.at } };
}
