// What is kept about browsers: which runs were played at one, and whose truth was read there. A browser is known by the hash of
// the value of its cookie; nothing else about it is stored.

import type { IncidentId, ParticipantId } from '../../incident/ids.ts';
import type { IncidentListItem } from '../../protocol/messages.ts';

/** A run that somebody at this browser took part in. */
export interface BrowserRun {
	incidentId: IncidentId;
	participantId: ParticipantId;
	key: string;
	title: string;
	scenarioId: string;
	lifecycle: IncidentListItem['lifecycle'];
	/** Wall times. */
	createdAt: number;
	endedAt: number | null;
	/** Last event of its log: the same number, the same log. */
	seq: number;
}

export interface BrowserStorage {
	/** Doing it again changes nothing. */
	addBrowserRun(browserHash: string, incidentId: IncidentId, participantId: ParticipantId): Promise<void>;
	/** Practice alone, newest first, 200 at most. */
	listBrowserRuns(browserHash: string): Promise<BrowserRun[]>;
	/** The first time counts. */
	addSpoiler(browserHash: string, scenarioId: string, at: number): Promise<void>;
	/** When the truth of each scenario was opened there, by the scenario's id. */
	listSpoilers(browserHash: string): Promise<Record<string, number>>;
	/** When each scenario was played last, by anybody, by its id; a lobby that nobody began is no run. Wall time. */
	lastPlayed(): Promise<Record<string, number>>;
}
