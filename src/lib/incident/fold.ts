/**
 * What a log amounts to. The server and the engine fold the whole log, a browser what it was sent; all use this file,
 * so it is small, pure, and never throws where something an event refers to is not visible.
 */
import type { EventDraft, EventType, IncidentEvent, PayloadOf, ViewEvent } from './event.ts';
import { foldAlerts } from './fold/alerts.ts';
import { foldCoordination } from './fold/coordination.ts';
import { foldDebrief } from './fold/debrief.ts';
import type { Handler } from './fold/handlers.ts';
import { foldIntake } from './fold/intake.ts';
import { initialIncidentState } from './fold/initial.ts';
import { foldResponse } from './fold/response.ts';
import { foldRun } from './fold/run.ts';
import { foldTruth } from './fold/truth.ts';
import type { Moment } from './moment.ts';
import type { IncidentState } from './state.ts';

export { initialIncidentState };

const HANDLERS: { [T in EventType]: Handler<T> } = {
	...foldAlerts,
	...foldCoordination,
	...foldIntake,
	...foldDebrief,
	...foldResponse,
	...foldRun,
	...foldTruth
};

type FoldableEvent = EventDraft | IncidentEvent | ViewEvent;

/**
 * The state after one more event. Pure: the state given is left alone, and what did not change is shared with it.
 * An event of a later version of Muster, whose type is not known here, changes nothing but `lastAt`.
 */
export function foldEvent(state: IncidentState, event: FoldableEvent): IncidentState {
	const next = Object.hasOwn(HANDLERS, event.type) ? handle(state, event.type, event.payload, event) : state;
	const lastAt = Math.max(state.lastAt ?? event.occurredAt, event.occurredAt);
	return next.lastAt === lastAt ? next : { ...next, lastAt };
}

/** Folds a whole log, or a whole view, from the beginning. */
export function foldAll(origin: 'practice' | 'real', events: Iterable<FoldableEvent>): IncidentState {
	let state = initialIncidentState(origin);
	for (const event of events) state = foldEvent(state, event);
	return state;
}

function handle<T extends EventType>(
	state: IncidentState,
	type: T,
	payload: PayloadOf<T>,
	when: Moment
): IncidentState {
	return HANDLERS[type](state, payload, when);
}
