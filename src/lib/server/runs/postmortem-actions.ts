// Actions of a shared post-mortem, brought into the log: what people promise and how far it is must not live in a document alone.

import { EVERYONE } from '../../incident/actor.ts';
import type { EventBody, EventDraft } from '../../incident/event.ts';
import type { ParticipantId } from '../../incident/ids.ts';
import type { ActionItem } from '../../postmortem/document.ts';
import { actionChanges, foldActions } from '../../postmortem/tracked-actions.ts';
import type { LiveIncident } from './live-incident.ts';
import { SerialQueue } from './serial-queue.ts';

/** Letters that are typed into a title are one change. */
const TYPING_MS = 1_500;

export class ActionLog {
	#live: LiveIncident;
	#items: () => readonly ActionItem[];
	#drafted: readonly ActionItem[];
	#failed: (error: unknown) => void;
	/** Those of which the log does not have everything yet. */
	#pending: Set<ActionLog>;
	#queue = new SerialQueue();
	#timer: ReturnType<typeof setTimeout> | undefined;
	#by: ParticipantId | null = null;

	/** `items` gives what the document says now, `drafted` is what it began with. */
	constructor(
		live: LiveIncident,
		items: () => readonly ActionItem[],
		drafted: readonly ActionItem[],
		{ failed, pending }: { failed: (error: unknown) => void; pending: Set<ActionLog> }
	) {
		this.#pending = pending;
		this.#live = live;
		this.#items = items;
		this.#drafted = drafted;
		this.#failed = failed;
	}

	/** Somebody changed an action. What is chosen is recorded at once, what is typed when the typing pauses. */
	touched(by: ParticipantId, typing: boolean): void {
		this.#by = by;
		this.#pending.add(this);
		clearTimeout(this.#timer);
		if (typing) this.#timer = setTimeout(() => this.#inBackground(), TYPING_MS);
		else this.#inBackground();
	}

	/** Brings the log up to the document. Rejects where that cannot be stored; it is tried again with the next change. */
	flush(): Promise<void> {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		return this.#queue.run(async () => {
			const { postmortem } = this.#live.course.incident;
			if (postmortem.state === 'none') return;
			const bodies = actionChanges(this.#items(), foldActions(this.#live.events), {
				published: postmortem.published !== undefined,
				drafted: this.#drafted
			});
			const events = bodies.map((body) => draftOf(this.#live, body, this.#by));
			if (events.length > 0 && !(await this.#live.record(events)))
				throw new Error('changes of actions could not be stored');
			if (this.#timer === undefined) this.#pending.delete(this);
		});
	}

	#inBackground(): void {
		this.flush().catch(this.#failed);
	}
}

/** An event about the review, now, by a person, or by Muster where nobody is known. */
export function draftOf(live: LiveIncident, body: EventBody, by: ParticipantId | null): EventDraft {
	const simMs = live.course.simMs;
	return {
		...body,
		occurredAt: live.course.at(simMs ?? 0),
		simMs,
		actor: by === null ? { kind: 'system', name: 'muster' } : { kind: 'participant', id: by },
		audience: EVERYONE,
		causedBy: null
	};
}
