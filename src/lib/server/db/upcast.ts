// Events of older schema versions, read as today's. Nothing in a log is ever rewritten.

import { EVENT_SCHEMA_VERSION, type IncidentEvent } from '../../incident/event.ts';

interface StoredEvent extends Omit<IncidentEvent, 'type' | 'payload'> {
	type: string;
	payload: Record<string, unknown>;
}

/** Makes an event of one version one of the next; by the version it starts from. */
const STEPS: Record<number, (event: StoredEvent) => StoredEvent> = {};

/** Reads a stored event of schema version `v`. Throws for a version that is newer than this Muster. */
export function upcast(v: number, event: StoredEvent): IncidentEvent {
	if (v > EVENT_SCHEMA_VERSION) {
		throw new Error(`An event has schema version ${v}; this Muster reads up to ${EVENT_SCHEMA_VERSION}.`);
	}
	let current = event;
	for (let version = v; version < EVENT_SCHEMA_VERSION; version++) current = STEPS[version]?.(current) ?? current;
	// What was stored went through the types when it was written; the steps bring it to today's.
	return current as unknown as IncidentEvent;
}
