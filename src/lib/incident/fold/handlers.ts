import type { EventBody, EventType, PayloadOf } from '../event.ts';
import type { Moment } from '../moment.ts';
import { countId, type IdKind } from '../next-id.ts';
import type { IncidentState } from '../state.ts';

/**
 * One handler per event type of a family. A handler never throws: a browser folds what it was sent, and what an event
 * refers to may be hidden from it.
 */
export type Handler<T extends EventType> = (state: IncidentState, payload: PayloadOf<T>, when: Moment) => IncidentState;
export type Handlers<Body extends EventBody> = { [T in Body['type']]: Handler<T> };

/** The list with the matching items changed; the same list where none matches, so that nothing is redrawn in vain. */
export function change<T>(list: T[], matches: (item: T) => boolean, by: (item: T) => T): T[] {
	return list.some(matches) ? list.map((item) => (matches(item) ? by(item) : item)) : list;
}

/** The state with an id of a kind counted as used. */
export function counted(state: IncidentState, kind: IdKind, id: string): IncidentState {
	const counters = countId(state.counters, kind, id);
	return counters === state.counters ? state : { ...state, counters };
}
