import { refuse, type Refusal } from '../refusal.ts';
import { DAY_MS, reviewTerms } from '../review-terms.ts';
import { holderOf } from '../seats.ts';
import type { IncidentState } from '../state.ts';
import { STATUS_NAMES } from '../status.ts';
import { accept, draft, happened, type DecideContext, type Deciders } from './context.ts';
import { requireText } from './limits.ts';
import { mayOrder } from './roles.ts';

export const decideStatus: Deciders<'changeStatus' | 'reopenIncident' | 'standDown'> = {
	changeStatus: (state, { status: to, note, verification }, context) => {
		const from = state.status;
		if (from === to) return refuse('wrong_state', `The status is ${STATUS_NAMES[to].toLowerCase()} already.`);
		if (from === 'closed' || (from === 'resolved' && to !== 'closed')) {
			return refuse('wrong_state', `It is ${STATUS_NAMES[from].toLowerCase()}: reopen the incident first.`);
		}
		const over = to === 'resolved' || to === 'closed';
		const refusal = over ? checkOver(state, to, verification, context) : null;
		if (refusal) return refusal;
		const changed = draft(context, { type: 'status.changed', payload: { from, to, note, verification } });
		// A run drafts its post-mortem when it ends; a real incident when it is resolved.
		const due = state.origin === 'real' && to === 'resolved' && state.postmortem.state === 'none';
		return due ? accept(changed, draftPostmortem(state, context)) : accept(changed);
	},

	reopenIncident: (state, { reason }, context) => {
		if (state.origin === 'practice' && state.lifecycle !== 'running') {
			return refuse(state.lifecycle === 'ended' ? 'ended' : 'wrong_state', 'Only a running exercise can be reopened.');
		}
		if (state.status !== 'resolved' && state.status !== 'closed') {
			return refuse('wrong_state', 'The incident is open: change its status instead.');
		}
		return (
			requireText(reason, 'why it is not over') ?? happened(context, { type: 'incident.reopened', payload: { reason } })
		);
	},

	standDown: (state, { reason }, context) => {
		if (state.stoodDown) return refuse('wrong_state', 'The incident is stood down already.');
		if (state.status === 'resolved' || state.status === 'closed') {
			return refuse('wrong_state', 'The incident is resolved: there is nothing to stand down.');
		}
		return (
			checkCommander(state, context) ??
			requireText(reason, 'why this is no incident') ??
			happened(context, { type: 'incident.stood_down', payload: { reason } })
		);
	}
};

function checkOver(
	state: IncidentState,
	to: 'resolved' | 'closed',
	verification: string | null,
	context: DecideContext
): Refusal | null {
	if (!state.declared) {
		return refuse('wrong_state', 'Nothing is declared: declare the incident, or stand down if there is none.');
	}
	if (to === 'closed' && state.status !== 'resolved') {
		return refuse('wrong_state', 'Resolve the incident before closing it.');
	}
	if (to === 'resolved') {
		const refusal = requireText(verification ?? '', 'what was watched and what it showed, before resolving');
		if (refusal) return refusal;
	}
	return checkCommander(state, context);
}

/** Ending the response is for the incident commander, where there is one. */
function checkCommander(state: IncidentState, context: DecideContext): Refusal | null {
	if (mayOrder(context) || holderOf(state, 'incident_commander') === null) return null;
	return refuse('forbidden', 'Ending the response is for the incident commander: ask them.');
}

function draftPostmortem(state: IncidentState, context: DecideContext): ReturnType<typeof draft> {
	const { postmortemDays } = reviewTerms(context.policy, state.severity);
	return draft(
		context,
		{ type: 'postmortem.drafted', payload: { dueAt: context.at + postmortemDays * DAY_MS } },
		{ actor: { kind: 'system', name: 'muster' } }
	);
}
