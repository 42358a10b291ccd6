/** The log in human words, by lane: of a whole log or of a view of it. Pure; people appear by id. */
import type { Actor } from './actor.ts';
import { isBotNote, Written } from './bot-notes.ts';
import type { EventType, PayloadOf } from './event.ts';
import type { ParticipantId } from './ids.ts';
import { numberOf, type ReadableEvent } from './moment.ts';
import { COMMAND_ROLES, type CommandRole } from './role.ts';
import { alertWords } from './timeline/alerts.ts';
import { coordinationWords } from './timeline/coordination.ts';
import { intakeWords } from './timeline/intake.ts';
import { debriefWords } from './timeline/debrief.ts';
import { Names } from './timeline/lookup.ts';
import { responseWords } from './timeline/response.ts';
import { runWords } from './timeline/run.ts';
import { truthWords } from './timeline/truth.ts';
import type { Lane, Lookup, TimelineIcon, Wording, Words } from './timeline/wording.ts';

export type { Lane, TimelineIcon } from './timeline/wording.ts';

export interface TimelineEntry {
	/** The event it stands for: its `seq`, or its `viewSeq` where a view is read. */
	seq: number;
	/** Incident time, epoch milliseconds. */
	at: number;
	lane: Lane;
	icon: TimelineIcon;
	title: string;
	detail: string;
	/** Who did it: a person by id, somebody simulated, or a tool. */
	by: Actor;
	/** Whom it concerns, where that is somebody else. */
	about: ParticipantId | null;
	/** One of the moments that a reader must not miss. */
	key: boolean;
	/** True where nobody was scribe, so that the bot wrote it down. */
	bot: boolean;
}

const WORDS: { [T in EventType]: Wording<T> } = {
	...alertWords,
	...coordinationWords,
	...intakeWords,
	...debriefWords,
	...responseWords,
	...runWords,
	...truthWords
};

/** Entries in the order in which things happened; what was recorded late stands where it belongs. */
export function timeline(events: readonly ReadableEvent[]): TimelineEntry[] {
	const names = new Names();
	const seats = new Seats();
	const asked = new Set<string>();
	const written = new Written<TimelineEntry>();
	const entries: TimelineEntry[] = [];
	for (const event of events) {
		names.read(event);
		seats.read(event);
		if (event.type === 'stakeholder.asked' && seenBefore(asked, event.payload.questionId)) continue;
		if (isBotNote(event) && written.mark(entries, event.occurredAt)) continue;
		const words = Object.hasOwn(WORDS, event.type) ? wordsFor(event.type, event.payload, names) : null;
		if (words) entries.push(entry(event, words, seats));
	}
	return entries.sort((one, other) => one.at - other.at || one.seq - other.seq);
}

function entry(event: ReadableEvent, words: Words, seats: Seats): TimelineEntry {
	const by = words.by ?? event.actor;
	const key = words.key ?? false;
	return {
		seq: numberOf(event),
		at: event.occurredAt,
		lane: seats.laneOf(by, words.lane),
		icon: words.icon,
		title: words.title,
		detail: words.detail ?? '',
		by,
		about: words.about ?? null,
		key,
		bot: (key && words.lane !== 'truth' && !seats.hasScribe) || isBotNote(event)
	};
}

function wordsFor<T extends EventType>(type: T, payload: PayloadOf<T>, lookup: Lookup): Words | null {
	return WORDS[type](payload, lookup);
}

function seenBefore(seen: Set<string>, id: string): boolean {
	if (seen.has(id)) return true;
	seen.add(id);
	return false;
}

/** Who sits where while the log is read. */
class Seats {
	readonly #holders = new Map<CommandRole, ParticipantId | null>();

	read(event: ReadableEvent): void {
		if (event.type === 'role.assigned') this.#holders.set(event.payload.role, event.payload.participantId);
		if (event.type === 'role.handed_off') this.#holders.set(event.payload.role, event.payload.to);
	}

	get hasScribe(): boolean {
		return (this.#holders.get('scribe') ?? null) !== null;
	}

	/** A command lane becomes that of the seat the person holds, unless they hold the one it would be in anyway. */
	laneOf(by: Actor, lane: Lane): Lane {
		const seats: readonly Lane[] = COMMAND_ROLES;
		if (by.kind !== 'participant' || !seats.includes(lane)) return lane;
		const held: Lane[] = COMMAND_ROLES.filter((role) => this.#holders.get(role) === by.id);
		return held.includes(lane) ? lane : (held[0] ?? lane);
	}
}
