import { timeline, type TimelineEntry } from '../incident/timeline.ts';
import type { ClockWords } from './clock-words.ts';
import type { TimelineLine } from './document.ts';
import type { Source } from './source.ts';

/** A post-mortem is read, not searched: beyond this the key moments are enough. */
const MOST_LINES = 60;
const LONGEST_DETAIL = 160;
/** What changed this shortly before may be why. */
const CHANGES_BEFORE_MS = 60 * 60_000;

/**
 * The moments of the response, with what the scribe wrote between them. The truth's own lane is left to the debrief,
 * except in a real incident, where people entered it.
 */
export function timelineLines(source: Source, clock: ClockWords): TimelineLine[] {
	const from = source.from?.at ?? Number.NEGATIVE_INFINITY;
	const told = timeline(source.events).filter(
		(entry) =>
			entry.at >= (entry.icon === 'change' ? from - CHANGES_BEFORE_MS : from) &&
			(entry.key || entry.lane === 'scribe') &&
			(entry.lane !== 'truth' || source.state.origin === 'real') &&
			entry.icon !== 'clock'
	);
	const kept = told.length <= MOST_LINES ? told : told.filter(({ key }) => key).slice(0, MOST_LINES);
	const first = kept.find(({ icon }) => icon === 'alert');
	return kept.map((entry) => ({
		id: `t${entry.seq}`,
		time: clock.time(entry.at),
		text: entry === first ? `First alert: ${words(entry)}` : words(entry),
		at: entry.at,
		seq: entry.seq
	}));
}

function words({ title, detail, icon }: TimelineEntry): string {
	if (icon === 'change') return `Change: ${title}`;
	const line = detail.replace(/\s+/g, ' ').trim();
	// What a tool printed or a command reads like belongs to the evidence, not here.
	return line === '' || icon === 'action' || line.length > LONGEST_DETAIL
		? title
		: `${title} (${line.replace(/[.]$/, '')})`;
}
