// A real incident: time is the wall's, and what people do is decided by the shared model alone.

import type { OnCall } from '../../incident/on-call.ts';
import { decide, isResponseCommand } from '../../incident/decide.ts';
import { foldEvent } from '../../incident/fold.ts';
import { refuse, type Refusal } from '../../incident/refusal.ts';
import { seatsOf } from '../../incident/seats.ts';
import type { SeverityPolicy } from '../../incident/severity.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { EventDraft } from '../../incident/event.ts';
import type { LoggedCommand } from '../../incident/command.ts';
import type { Course, Given, Pending } from './course.ts';

export interface RealCourseOptions {
	incident: IncidentState;
	policy: SeverityPolicy;
	/** Wall time, epoch ms. */
	now: () => number;
	onCall?: OnCall;
}

export class RealCourse implements Course {
	readonly simMs = null;
	#incident: IncidentState;
	#options: RealCourseOptions;

	constructor(options: RealCourseOptions) {
		this.#options = options;
		this.#incident = options.incident;
	}

	get incident(): IncidentState {
		return this.#incident;
	}

	at(): number {
		return this.#options.now();
	}

	step(_simMs: number, given: Given | null): Pending | Refusal {
		if (!given) return this.#pending([], null);
		const { body, by, n } = given;
		if (!isResponseCommand(body)) {
			return refuse(
				'wrong_state',
				'That is for exercises: a real incident has no simulated system and no clock to set.'
			);
		}
		const command: LoggedCommand = { ...given, simMs: null, at: this.at() };
		const { policy, onCall } = this.#options;
		const decision = decide(this.#incident, body, {
			at: command.at,
			simMs: null,
			by,
			commandNumber: n,
			seats: seatsOf(this.#incident, by.participantId),
			policy,
			onCall
		});
		return decision.ok ? this.#pending(decision.events, command) : decision;
	}

	record(events: EventDraft[]): Pending {
		return this.#pending(events, null);
	}

	#pending(events: EventDraft[], command: LoggedCommand | null): Pending {
		const incident = events.reduce(foldEvent, this.#incident);
		return {
			ok: true,
			command,
			result: null,
			events,
			incident,
			simMs: null,
			endedHash: null,
			commit: () => {
				this.#incident = incident;
			}
		};
	}
}
