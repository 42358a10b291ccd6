import type { Actor, Audience } from './actor.ts';
import type { AlertEvent } from './events/alert-events.ts';
import type { CoordinationEvent } from './events/coordination-events.ts';
import type { IntakeEvent } from './events/intake-events.ts';
import type { DebriefEvent } from './events/debrief-events.ts';
import type { ResponseEvent } from './events/response-events.ts';
import type { RunEvent } from './events/run-events.ts';
import type { TruthEvent } from './events/truth-events.ts';

/** What happened, in the past tense. Extended, never forked between practice and real. */
export type EventBody =
	AlertEvent | CoordinationEvent | DebriefEvent | IntakeEvent | ResponseEvent | RunEvent | TruthEvent;
export type EventType = EventBody['type'];

/** Payload of one event type. */
export type PayloadOf<T extends EventType> = Extract<EventBody, { type: T }>['payload'];

/** When, who, and for whom. */
export interface EventContext {
	/** Incident time, epoch milliseconds: of a run on its fictional calendar, of a real incident on the wall clock. */
	occurredAt: number;
	/** Simulated milliseconds since the run began (negative before it); null in a real incident. */
	simMs: number | null;
	actor: Actor;
	audience: Audience;
	/** Number of the command this followed from; null where it followed from time alone. */
	causedBy: number | null;
}

/** An event as `decide` and the engine return it: not yet numbered, not yet stored. */
export type EventDraft = EventBody & EventContext;

/** An event of the log. `seq` is contiguous from 1 per incident; `recordedAt` is wall time, epoch milliseconds. */
export type IncidentEvent = EventDraft & { seq: number; recordedAt: number };

/**
 * An event as a viewer receives it: numbered within the view, so that hidden events leave no gap, and stripped of what
 * would betray them (`seq`, `causedBy`, `audience`).
 */
export type ViewEvent = EventBody & { viewSeq: number; occurredAt: number; simMs: number | null; actor: Actor };

/** Schema version that newly written events carry; older ones are read through upcasters. */
export const EVENT_SCHEMA_VERSION = 1;
