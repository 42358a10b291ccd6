/**
 * What the footer says: what is done, what is open, and the one next step for this reader. A pure function of the
 * incident, of who reads, and of the time. The order of the rules is the order of a well-run response.
 */
import { holderOf } from '$lib/incident/seats.ts';
import type { SeverityPolicy } from '$lib/incident/severity.ts';
import type { IncidentState } from '$lib/incident/state.ts';
import type { NextStep, Reader, Rule } from './look.ts';
import { firstUpdate, lateTask, overdueUpdate, question } from './promise-rules.ts';
import {
	acknowledge,
	commander,
	declare,
	ended,
	frozenOrPaused,
	heard,
	onlyWatching,
	otherSeats,
	quiet,
	takeOver,
	technicalLead
} from './seat-rules.ts';
import { investigate, mitigate, tooEarly, verify } from './work-rules.ts';

export type { NextStep, Reader, StepAction } from './look.ts';

export function nextStep(state: IncidentState, policy: SeverityPolicy | null, reader: Reader, now: number): NextStep {
	const look = { state, policy, reader, now };
	for (const rule of RULES) {
		const found = rule(look);
		if (found) return { done: done(state), ...found };
	}
	return { done: done(state), open: 'Nothing is open for you: watch, and help whoever asks', action: null };
}

function done(state: IncidentState): string[] {
	const list: string[] = [];
	if (state.alerts.some((alert) => alert.acknowledged)) list.push('acknowledged');
	if (state.declared) list.push('declared');
	if (holderOf(state, 'incident_commander')) list.push('commander');
	if (holderOf(state, 'technical_lead')) list.push('technical lead');
	if (state.updates.length > 0)
		list.push(`${state.updates.length} ${state.updates.length === 1 ? 'update' : 'updates'}`);
	return list;
}

const RULES: Rule[] = [
	ended,
	frozenOrPaused,
	onlyWatching,
	quiet,
	acknowledge,
	takeOver,
	declare,
	commander,
	technicalLead,
	overdueUpdate,
	question,
	heard,
	firstUpdate,
	otherSeats,
	lateTask,
	investigate,
	mitigate,
	verify,
	tooEarly
];
