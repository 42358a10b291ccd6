// From a draft to an event of the log.

import type { EventDraft, IncidentEvent } from '../../incident/event.ts';

/**
 * Numbers drafts on from `after`. They pass through JSON, so that what is in memory is exactly what the database gives back:
 * no `undefined`, no NaN, whole milliseconds.
 */
export function numberEvents(drafts: readonly EventDraft[], after: number, recordedAt: number): IncidentEvent[] {
	return drafts.map((draft, index) => ({ ...plain(draft), seq: after + index + 1, recordedAt }));
}

function plain(draft: EventDraft): EventDraft {
	const copy = JSON.parse(JSON.stringify(draft)) as EventDraft;
	return {
		...copy,
		occurredAt: Math.round(copy.occurredAt),
		simMs: copy.simMs === null ? null : Math.round(copy.simMs)
	};
}
