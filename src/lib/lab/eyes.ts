import { maySee } from '../incident/actor.ts';
import type { IncidentEvent } from '../incident/event.ts';
import { foldEvent, initialIncidentState } from '../incident/fold.ts';
import type { ParticipantId } from '../incident/ids.ts';
import type { Role } from '../incident/role.ts';
import { seatsOf } from '../incident/seats.ts';
import type { IncidentState } from '../incident/state.ts';

/**
 * The incident as one participant sees it: folded from the events that everyone may see and those of the seats they hold,
 * just as a browser folds what it is sent. Whoever takes a seat reads what it was sent before.
 */
export class Eyes {
	readonly #who: ParticipantId;
	#state: IncidentState = initialIncidentState('practice');
	#read = 0;
	#seats: readonly Role[] = [];

	constructor(who: ParticipantId) {
		this.#who = who;
	}

	/** Reads on to the end of the log, which only ever grows. */
	see(events: readonly IncidentEvent[]): IncidentState {
		if (this.#read === events.length) return this.#state;
		this.#readOn(events);
		const seats = seatsOf(this.#state, this.#who);
		if (seats.join() !== this.#seats.join()) {
			this.#seats = seats;
			this.#read = 0;
			this.#state = initialIncidentState('practice');
			this.#readOn(events);
		}
		return this.#state;
	}

	#readOn(events: readonly IncidentEvent[]): void {
		const viewer = { seats: this.#seats, truthOpen: false };
		for (const event of events.slice(this.#read)) {
			if (maySee(event.audience, viewer)) this.#state = foldEvent(this.#state, event);
		}
		this.#read = events.length;
	}
}
