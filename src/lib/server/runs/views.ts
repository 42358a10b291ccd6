// The log as each kind of viewer sees it, worked out once per kind and never per person.

import { viewKey, type Viewer } from '../../incident/actor.ts';
import type { IncidentEvent, ViewEvent } from '../../incident/event.ts';
import { answersOpen } from '../../incident/decide/debrief.ts';
import { project } from '../../incident/views.ts';
import { seatsOf } from '../../incident/seats.ts';
import type { IncidentState } from '../../incident/state.ts';

/** All that viewers of one key may see so far. `viewSeq` of an event is its place here, counted from 1. */
export interface View {
	readonly key: string;
	readonly events: readonly ViewEvent[];
}

interface Grown extends View {
	viewer: Viewer;
	events: ViewEvent[];
	/** How many events of the log have been looked at. */
	seen: number;
}

/** What somebody may see as things stand; `participantId` null for somebody from outside. */
export function viewerOf(state: IncidentState, participantId: string | null): Viewer {
	const seats = participantId === null ? [] : seatsOf(state, participantId);
	const open = answersOpen(state);
	const own = !open && state.hotwash.some((one) => one.participantId === participantId) ? participantId : null;
	return { seats, truthOpen: state.truthOpen, answersOpen: open, own };
}

/** Somebody from outside, before the truth is open: what everyone in the room could see. */
export const OUTSIDER: Viewer = { seats: [], truthOpen: false };

export class Views {
	#views = new Map<string, Grown>();

	/** The view of a viewer, grown to the end of this log. */
	of(viewer: Viewer, log: readonly IncidentEvent[]): View {
		const key = viewKey(viewer);
		const view = this.#views.get(key) ?? { key, viewer, events: [], seen: 0 };
		this.#views.set(key, view);
		if (view.seen < log.length) {
			view.events.push(...project(log.slice(view.seen), viewer, view.events.length));
			view.seen = log.length;
		}
		return view;
	}

	/** Forgets the views that nobody looks at. */
	keep(keys: ReadonlySet<string>): void {
		for (const key of this.#views.keys()) if (!keys.has(key)) this.#views.delete(key);
	}
}
