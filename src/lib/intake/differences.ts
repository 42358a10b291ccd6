/**
 * A row that is here already and says something else now. What it newly knows (it has been resolved since) is appended as it
 * would have been; what it says otherwise is a correction, which stays beside what it corrects.
 */
import type { EventDraft } from '../incident/event.ts';
import type { ImportedFacts } from '../incident/events/intake-events.ts';
import type { Milestone } from '../incident/milestone.ts';
import {
	acknowledgement,
	draft,
	ending,
	escalation,
	imported,
	noticed,
	published,
	recordOf
} from './incident-events.ts';
import type { IncidentRecord } from './incident-row.ts';

/** Fields in which a record differs from what was imported before, in the order of the fields. */
export function differences(before: Pick<ImportedFacts, 'record'>, record: IncidentRecord): string[] {
	const now = recordOf(record);
	const fields = new Set([...Object.keys(now), ...Object.keys(before.record)]);
	return [...fields].filter((field) => (before.record[field] ?? '') !== (now[field] ?? ''));
}

const MILESTONE_OF: Record<string, Milestone> = {
	created_at: 'declared',
	impact_started_at: 'impactStarted',
	detected_at: 'signalled',
	acknowledged_at: 'acknowledged',
	mitigated_at: 'mitigated',
	resolved_at: 'resolved'
};

/** Events to append so that the log says what the record says now. `at` is the moment of this import. */
export function corrections(before: ImportedFacts, record: IncidentRecord, source: string, at: number): EventDraft[] {
	const now = recordOf(record);
	const old = before.record;
	const reason = `Corrected by an import from ${source}`;
	const muster = { kind: 'system', name: 'muster' } as const;
	const drafts: EventDraft[] = [];
	const isNew = (field: string) => old[field] === undefined && now[field] !== undefined;

	// Times that the log did not know come as events; the rest of what an end brings comes with it.
	if (isNew('detected_at') && record.detectedAt !== null) drafts.push(...noticed(record, record.detectedAt, source));
	if (isNew('acknowledged_at') && record.acknowledgedAt !== null) {
		drafts.push(...acknowledgement(record, record.acknowledgedAt, record.detectedAt));
	}
	const ends = isNew('resolved_at') || isNew('mitigated_at');
	if (ends) {
		const known = old.mitigated_at !== undefined;
		const resolved = old.resolved_at !== undefined;
		drafts.push(
			...ending(record).filter((event) => {
				const early =
					event.type === 'impact.ended' || (event.type === 'status.changed' && event.payload.to === 'monitoring');
				return early ? !known && !resolved : !resolved;
			})
		);
	}
	for (const [field, milestone] of Object.entries(MILESTONE_OF)) {
		const [was, is] = [old[field], now[field]];
		if (was === is || (isNew(field) && field !== 'impact_started_at' && !(field === 'mitigated_at' && old.resolved_at)))
			continue;
		drafts.push(
			draft(at, muster, {
				type: 'milestone.corrected',
				payload: { milestone, at: is === undefined ? null : Date.parse(is), reason }
			})
		);
	}
	if (old.severity !== now.severity && isSeverity(old.severity)) {
		drafts.push(
			draft(at, muster, { type: 'severity.changed', payload: { from: old.severity, to: record.severity, reason } })
		);
	}
	if (record.escalated === true && before.escalated !== true) drafts.push(escalation(record));
	if (record.postmortem === 'published' && before.postmortem !== 'published' && !isNew('resolved_at')) {
		drafts.push(published(record, record.resolvedAt ?? at));
	}
	drafts.push(imported(record, source, at));
	return drafts;
}

function isSeverity(text: string | undefined): text is IncidentRecord['severity'] {
	return text === 'P1' || text === 'P2' || text === 'P3' || text === 'P4';
}
