// A debrief for those without an account: by a link that was made for them and can be withdrawn.

import type { ViewEvent } from '../../incident/event.ts';
import { project } from '../../incident/views.ts';
import { hashKey } from '../secrets.ts';
import type { Muster } from '../muster.ts';
import type { LiveIncident } from '../runs/live-incident.ts';
import { hideNames, numbered } from './hide-names.ts';

/** Never shared, whoever asks: what was said in the room, and what people said of themselves and of each other. */
const KEPT_IN: ReadonlySet<ViewEvent['type']> = new Set<ViewEvent['type']>([
	'message.posted',
	'message.corrected',
	'observation.recorded',
	'hotwash.answered',
	'hotwash.written',
	'survey.taken',
	'survey.answered',
	'attachment.added',
	'telemetry.viewed'
]);

export type SharedLink =
	{ state: 'open'; live: LiveIncident; label: string; names: boolean } | { state: 'withdrawn' } | { state: 'unknown' };

/** What a token opens, looked up anew each time: a link that is withdrawn is so at once. */
export async function openShared(muster: Muster, token: string): Promise<SharedLink> {
	if (!/^[\w-]{10,60}$/.test(token)) return { state: 'unknown' };
	const link = await muster.storage.findShareLink(hashKey(token));
	if (!link) return { state: 'unknown' };
	if (link.withdrawnAt !== null) return { state: 'withdrawn' };
	const found = await muster.hub.find(link.incidentId);
	if (!found.ok) return { state: 'unknown' };
	return { state: 'open', live: found.live, label: link.label, names: link.names };
}

/** The log as a reader of a link sees it, and what people are called there. */
export function sharedView(
	live: LiveIncident,
	names: boolean
): { events: ViewEvent[]; people: { participantId: string; name: string }[]; title: string } {
	const practice = live.stored.origin === 'practice';
	// Of a real incident what was kept to some seats stays with them; of an exercise the truth has been opened.
	const all = project(live.events, {
		seats: [],
		truthOpen: practice && live.course.incident.truthOpen,
		answersOpen: false
	});
	const events = all
		.filter(({ type }) => !KEPT_IN.has(type))
		.map((event) => (event.type === 'rating.given' ? { ...event, payload: { ...event.payload, note: '' } } : event))
		.map((event, index) => ({ ...event, viewSeq: index + 1 }));
	const people = live.people.list().map(({ participantId, name }) => ({ participantId, name }));
	if (names) return { events, people, title: live.title };
	return { events: hideNames(events, people), people: numbered(people), title: hideNames(live.title, people) };
}
