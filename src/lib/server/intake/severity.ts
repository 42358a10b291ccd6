// What an alert's own words propose, by a mapping that the administrator edits. Pure.

import { SEVERITIES, type Severity } from '../../incident/severity.ts';
import type { SourceSettings } from '../db/intake-storage.ts';
import type { IncomingAlert } from './adapters/adapter.ts';

/** The mapping that a new source begins with. */
export const DEFAULT_SEVERITIES: Record<string, Severity> = {
	critical: 'P1',
	page: 'P1',
	emergency: 'P1',
	high: 'P2',
	error: 'P2',
	major: 'P2',
	warning: 'P3',
	medium: 'P3',
	minor: 'P3',
	info: 'P4',
	low: 'P4',
	p1: 'P1',
	p2: 'P2',
	p3: 'P3',
	p4: 'P4'
};

/** The most urgent severity that any of the alerts proposes; null where none says anything that is mapped. */
export function proposedSeverity(alerts: readonly IncomingAlert[], { severities }: SourceSettings): Severity | null {
	const proposed = alerts.flatMap(({ level, labels }) =>
		[level, labels.severity, labels.priority].flatMap((word) => {
			const key = word?.trim().toLowerCase() ?? '';
			return Object.hasOwn(severities, key) ? (severities[key] ?? []) : [];
		})
	);
	return SEVERITIES.find((severity) => proposed.includes(severity)) ?? null;
}
