/** The timeline newest first: what matters, or everything. Pure. */
import { isBotNote, Written } from '$lib/incident/bot-notes.ts';
import type { ViewEvent } from '$lib/incident/event.ts';
import type { SaidBy } from '$lib/incident/events/coordination-events.ts';
import type { IncidentState } from '$lib/incident/state.ts';
import { wordsOf, type Words } from './words.ts';

export interface TimelineLine {
	event: ViewEvent;
	/** Incident time. */
	at: number;
	words: Words;
	said: SaidBy | null;
	/** A turning point, or written down by a person: it stands out. */
	key: boolean;
	/** The bot wrote it down, nobody being scribe. */
	bot: boolean;
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
	const written = new Written<TimelineLine>();
	for (const event of events) {
		if (isBotNote(event) && written.mark(lines, event.occurredAt)) continue;
		if (!all && MINOR.has(event.type)) continue;
		const words =
			event.type === 'message.posted'
				? { what: 'Said', rest: event.payload.text, by: true }
				: wordsOf(event, name, state);
		if (!words) continue;
		const said = 'said' in event.payload ? event.payload.said : null;
		lines.push({ event, at: event.occurredAt, words, said, key: KEY.has(event.type), bot: false });
	}
	// What is dated back stands where it belongs; the same moment keeps the order of the log.
	return lines.sort((a, b) => b.at - a.at || b.event.viewSeq - a.event.viewSeq);
}
