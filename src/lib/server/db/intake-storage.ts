// What importing incidents and taking alerts in need of the database.

import type { IncidentEvent } from '../../incident/event.ts';
import type { ImportedFacts } from '../../incident/events/intake-events.ts';
import type { AlertId, IncidentId } from '../../incident/ids.ts';
import type { SeverityPolicy } from '../../incident/severity.ts';
import type { IngestSource, SourceSettings } from '../../intake/source.ts';
import type { Summary } from './storage.ts';

export type { IngestSource, SourceSettings };

/** A real incident that is over or under way elsewhere, with its whole log. Nobody owns it until somebody opens it. */
export interface ImportedIncident {
	incidentId: IncidentId;
	/** Incident time: lists put it where it belongs. */
	createdAt: number;
	hostKeyHash: string;
	joinKey: string;
	summary: Summary;
	/** Numbered from 1. */
	events: IncidentEvent[];
	/** Who did what its log tells, by the one id that it knows. */
	person: { participantId: string; name: string };
}

export interface AlertKey {
	fingerprint: string;
	startsAt: number;
}

export interface AlertPlace {
	incidentId: IncidentId;
	alertId: AlertId;
}

export interface IntakeStorage {
	/** Stores those that are not here yet, each whole or not at all; answers with them. */
	importIncidents(fresh: ImportedIncident[], policy: SeverityPolicy): Promise<Set<IncidentId>>;
	/** What the last import of each incident said; those that were not imported are left out. */
	importedFacts(incidentIds: IncidentId[]): Promise<Map<IncidentId, ImportedFacts>>;

	addSource(source: IngestSource & { tokenHash: string }): Promise<void>;
	/** Oldest first, with those whose token was revoked. */
	listSources(): Promise<IngestSource[]>;
	/** Also one that was revoked: the answer can say so then. */
	findSource(tokenHash: string): Promise<IngestSource | null>;
	/** False where there is none. */
	changeSource(sourceId: string, name: string, settings: SourceSettings): Promise<boolean>;
	/** False where there is none, or it was revoked before. */
	revokeSource(sourceId: string, at: number): Promise<boolean>;
	/** Notes that it sent something, and how many alerts of that were taken and refused. */
	noteSource(sourceId: string, at: number, taken: number, refused: number): Promise<void>;

	/**
	 * The open incident of a group. Where there is none, `fresh` becomes it, to be made by the caller. An incident that is
	 * resolved, closed or stood down is not open; one that is claimed and not made yet is.
	 */
	claimGroup(sourceId: string, groupHash: string, fresh: IncidentId): Promise<IncidentId>;
	/** Where an alert was taken before; else it is noted as taken at `place`. */
	claimAlert(sourceId: string, alert: AlertKey, place: AlertPlace): Promise<AlertPlace>;
	/** The latest of that name where `startsAt` is null. */
	findAlert(sourceId: string, alert: { fingerprint: string; startsAt: number | null }): Promise<AlertPlace | null>;
}
