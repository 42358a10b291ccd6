// A practice run that cannot be simulated on: made by another engine, or its log does not re-derive. It can be read, talked
// about and ended; simulated time stands still.

import type { CommandBody, LoggedCommand } from '../../incident/command.ts';
import { EVERYONE } from '../../incident/actor.ts';
import { decide, isResponseCommand } from '../../incident/decide.ts';
import type { EventDraft } from '../../incident/event.ts';
import { foldEvent } from '../../incident/fold.ts';
import { refuse, type Refusal } from '../../incident/refusal.ts';
import { seatsOf } from '../../incident/seats.ts';
import type { SeverityPolicy } from '../../incident/severity.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { Course, Given, Pending } from './course.ts';

export interface ArchiveOptions {
	incident: IncidentState;
	policy: SeverityPolicy;
	simMs: number;
	/** A sentence for people. */
	why: string;
}

export class ArchiveCourse implements Course {
	readonly simMs: number;
	readonly why: string;
	#policy: SeverityPolicy;
	#incident: IncidentState;

	constructor({ incident, policy, simMs, why }: ArchiveOptions) {
		this.#incident = incident;
		this.#policy = policy;
		this.simMs = simMs;
		this.why = why;
	}

	get incident(): IncidentState {
		return this.#incident;
	}

	at(): number {
		return this.#incident.lastAt ?? 0;
	}

	step(_simMs: number, given: Given | null): Pending | Refusal {
		if (!given) return this.#pending([], null);
		const command: LoggedCommand = { ...given, simMs: this.simMs, at: this.at() };
		const events = this.#decide(command);
		return Array.isArray(events) ? this.#pending(events, command) : events;
	}

	record(events: EventDraft[]): Pending {
		return this.#pending(events, null);
	}

	#decide(command: LoggedCommand): EventDraft[] | Refusal {
		const { body, by, n, at } = command;
		const seats = seatsOf(this.#incident, by.participantId);
		if (isResponseCommand(body)) {
			const context = { at, simMs: this.simMs, by, commandNumber: n, seats, policy: this.#policy };
			const decision = decide(this.#incident, body, context);
			return decision.ok ? decision.events : decision;
		}
		return this.#end(body, command, by.host || seats.includes('facilitator'));
	}

	#end(body: CommandBody, { n, at, by }: LoggedCommand, may: boolean): EventDraft[] | Refusal {
		if (this.#incident.lifecycle === 'ended') return refuse('ended', 'The run has ended.');
		if (body.type !== 'endRun')
			return refuse('wrong_state', `This run cannot be played on: ${this.why} End it instead.`);
		if (!may) return refuse('forbidden', 'Only the host ends the run.');
		const reason = body.reason;
		return [
			{
				type: 'run.ended',
				payload: { outcome: 'unresolved', reason, endedMs: this.simMs },
				occurredAt: at,
				simMs: this.simMs,
				actor: { kind: 'participant', id: by.participantId },
				audience: EVERYONE,
				causedBy: n
			}
		];
	}

	#pending(events: EventDraft[], command: LoggedCommand | null): Pending {
		const incident = events.reduce(foldEvent, this.#incident);
		return {
			ok: true,
			command,
			result: null,
			events,
			incident,
			simMs: this.simMs,
			endedHash: null,
			commit: () => {
				this.#incident = incident;
			}
		};
	}
}
