// What lists show of an incident, read off its state.

import type { IncidentState } from '../../incident/state.ts';
import type { Summary } from '../db/storage.ts';

/** `endedAt` is the wall time of the end, once known. A practice run keeps its scenario's title. */
export function summaryOf(state: IncidentState, title: string, endedAt: number | null): Summary {
	return {
		title: state.origin === 'real' ? (state.declared?.title ?? title) : title,
		severity: state.severity,
		lifecycle: state.lifecycle,
		status: state.status,
		people: state.participants.filter((one) => one.leftAt === null).length,
		endedAt: state.lifecycle === 'ended' ? endedAt : null
	};
}

export function sameSummary(a: Summary, b: Summary): boolean {
	return (Object.keys(a) as (keyof Summary)[]).every((key) => a[key] === b[key]);
}
