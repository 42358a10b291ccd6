import type { Actor, Audience } from './actor.ts';
import type { EventBody } from './event.ts';

/** When something happened and who caused it: what an event of the log and an event of a view have in common. */
export interface Moment {
	/** Incident time, epoch milliseconds. */
	occurredAt: number;
	/** Simulated milliseconds since the run began; null in a real incident. */
	simMs: number | null;
	actor: Actor;
	/** Known where the log is read, never in a view. */
	audience?: Audience;
}

/** What can be folded and read: a draft, an event of the log, or an event of a view. */
export type ReadableEvent = EventBody & Moment & { seq?: number; viewSeq?: number };

/** The number an event goes by for its reader: `seq` where the log is read, `viewSeq` where a view is, 0 for a draft. */
export function numberOf(event: { seq?: number; viewSeq?: number }): number {
	return event.seq ?? event.viewSeq ?? 0;
}
