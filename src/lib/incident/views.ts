import { maySee, type Viewer } from './actor.ts';
import type { IncidentEvent, ViewEvent } from './event.ts';

/**
 * The log as a viewer sees it: what is hidden from them is left out, and the rest is numbered contiguously from 1, so
 * that it leaves no gap. Events that follow later are projected with `after`, the last number given out.
 * Fields are written in a fixed order: equal views are equal bytes.
 */
export function project(events: readonly IncidentEvent[], viewer: Viewer, after = 0): ViewEvent[] {
	const seen: ViewEvent[] = [];
	for (const event of events) {
		if (maySee(event.audience, viewer)) seen.push(viewEvent(event, after + seen.length + 1));
	}
	return seen;
}

/** One event as a view carries it, without what would betray the hidden ones around it. */
export function viewEvent(event: IncidentEvent, viewSeq: number): ViewEvent {
	const { seq: _seq, recordedAt: _recordedAt, causedBy: _causedBy, audience: _audience, ...visible } = event;
	const { occurredAt, simMs, actor, ...body } = visible;
	return { viewSeq, occurredAt, simMs, actor, ...body };
}
