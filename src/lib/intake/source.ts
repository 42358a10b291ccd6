/** A source of alerts, as the administrator sets it up. */
import type { Severity } from '../incident/severity.ts';

export interface SourceSettings {
	/** Labels whose values make a group; empty where the source's own grouping counts. */
	groupLabels: string[];
	/** Severity by the value of the alert's `severity` (or `priority`) label, in lower case. */
	severities: Record<string, Severity>;
	/** Who may join what it opens: those with the link, or everybody who can reach the server. */
	openTo: 'link' | 'everyone';
}

export interface IngestSource {
	sourceId: string;
	name: string;
	adapter: string;
	settings: SourceSettings;
	createdAt: number;
	revokedAt: number | null;
	lastUsedAt: number | null;
	/** Alerts taken and refused so far. */
	taken: number;
	refused: number;
}
