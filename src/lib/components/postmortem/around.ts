import type { LogEntry } from '$lib/protocol/postmortem.ts';

/** What the page knows beside the document; it changes when the page is loaded anew. */
export interface Around {
	people: { participantId: string; name: string }[];
	log: LogEntry[];
	timeZone: string | null;
	today: string;
	readonly: boolean;
}

export function namesOf({ people }: Around): ReadonlyMap<string, string> {
	return new Map(people.map(({ participantId, name }) => [participantId, name]));
}

export function entriesOf({ log }: Around): ReadonlyMap<number, LogEntry> {
	return new Map(log.map((entry) => [entry.seq, entry]));
}
