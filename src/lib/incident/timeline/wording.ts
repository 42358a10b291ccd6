import type { Actor } from '../actor.ts';
import type { EventBody, EventType, PayloadOf } from '../event.ts';
import type { ParticipantId } from '../ids.ts';
import type { CommandRole } from '../role.ts';

/** Where an entry stands: what was true, what alerted, what each seat did, what came from outside, what the room did. */
export type Lane = 'truth' | 'alerts' | CommandRole | 'customers' | 'room';

export type TimelineIcon =
	| 'alert'
	| 'page'
	| 'check'
	| 'flag'
	| 'severity'
	| 'status'
	| 'escalate'
	| 'person'
	| 'seat'
	| 'message'
	| 'update'
	| 'question'
	| 'task'
	| 'hypothesis'
	| 'evidence'
	| 'decision'
	| 'note'
	| 'change'
	| 'runbook'
	| 'action'
	| 'fault'
	| 'impact'
	| 'clock'
	| 'hint'
	| 'document';

/** An event in words, before it has a place and an author. */
export interface Words {
	lane: Lane;
	icon: TimelineIcon;
	title: string;
	detail?: string;
	/** One of the moments that a reader of the post-mortem must not miss. */
	key?: boolean;
	/** Whom it concerns, where that is not who did it. */
	about?: ParticipantId | null;
	/** Who did it, where that is a tool and not who pressed the button. */
	by?: Actor;
}

/** What earlier events told, for naming what later ones refer to. */
export interface Lookup {
	alert: (alertId: string | null) => string;
	runbook: (runbookId: string) => string;
	hypothesis: (hypothesisId: string) => string;
	task: (taskId: string) => string;
	question: (questionId: string) => string;
}

/** Null for what is no entry of a timeline. */
export type Wording<T extends EventType> = (payload: PayloadOf<T>, lookup: Lookup) => Words | null;
export type Wordings<Body extends EventBody> = { [T in Body['type']]: Wording<T> };

export const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`;
/** The first words of a text, for a line. */
export const brief = (text: string, most = 120): string => {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`;
};
