/** The timeline newest first: what matters, or everything. Pure. */
import type { ViewEvent } from '$lib/incident/event.ts';
import type { SaidBy } from '$lib/incident/events/coordination-events.ts';
import type { IncidentState } from '$lib/incident/state.ts';
import { wordsOf, type Words } from './words.ts';

export interface TimelineLine {
	event: ViewEvent;
	words: Words;
	said: SaidBy | null;
	/** A turning point, or written down by a person: it stands out. */
	key: boolean;
}

const KEY = new Set<ViewEvent['type']>([
	'incident.declared',
	'severity.changed',
	'status.changed',
	'incident.reopened',
	'incident.stood_down',
	'escalated',
	'mitigation.started',
	'mitigation.finished',
	'hypothesis.confirmed',
	'decision.recorded',
	'note.added',
	'status_update.published',
	'run.began',
	'run.ended',
	'exercise.frozen'
]);
const MINOR = new Set<ViewEvent['type']>([
	'telemetry.viewed',
	'alert.updated',
	'message.posted',
	'message.corrected',
	'role.proposed',
	'page.delivered',
	'hypothesis.revised',
	'evidence.revealed',
	'handoff.item_acknowledged',
	'participant.left'
]);

export function timelineOf(
	events: readonly ViewEvent[],
	state: IncidentState,
	name: (participantId: string | null) => string,
	all: boolean
): TimelineLine[] {
	const lines: TimelineLine[] = [];
	for (const event of events) {
		if (!all && MINOR.has(event.type)) continue;
		const words =
			event.type === 'message.posted'
				? { what: 'Said', rest: event.payload.text, by: true }
				: wordsOf(event, name, state);
		if (!words) continue;
		const said = 'said' in event.payload ? event.payload.said : null;
		lines.push({ event, words, said, key: KEY.has(event.type) });
	}
	// What is dated back stands where it belongs; the same moment keeps the order of the log.
	return lines.sort((a, b) => b.event.occurredAt - a.event.occurredAt || b.event.viewSeq - a.event.viewSeq);
}
