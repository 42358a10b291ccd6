/** First things first: who acknowledges, declares and sits where. */
import { holderOf, responders } from '$lib/incident/seats.ts';
import { ROLE_NAMES } from '$lib/incident/role.ts';
import { isShouting } from '../bar/response.ts';
import { act, falls, someoneFree, take, type Look } from './look.ts';

export function ended({ state, reader }: Look) {
	if (state.lifecycle !== 'ended') return null;
	const answered = state.hotwash.some((one) => one.participantId === reader.participantId);
	return answered
		? { open: 'Your answers are in; the debrief follows', action: null }
		: { open: 'It is over: three questions are left', action: null };
}

export function frozenOrPaused({ state, reader }: Look) {
	if (state.lifecycle !== 'paused') return null;
	const open = state.pause?.reason ?? 'The clock stands still';
	if (!reader.host && reader.as !== 'facilitator') return { open: `Paused: ${open}`, action: null };
	return { open, action: act('Resume the clock', { type: 'send', body: { type: 'resumeRun' } }) };
}

export function onlyWatching({ reader }: Look) {
	if (reader.as === 'observer')
		return { open: 'You watch: everything is open to you, nothing waits for you', action: null };
	if (reader.as !== 'facilitator') return null;
	return {
		open: 'You see the truth and lead the exercise',
		action: act('Open the run panel', { type: 'talk', talk: 'run' })
	};
}

/** Nobody has said anything yet, neither a rule nor a person. */
function nothingYet({ state }: Look): boolean {
	return state.alerts.length + state.injects.length + state.questions.length === 0;
}

export function quiet(look: Look) {
	const { state } = look;
	if (!nothingYet(look) || state.declared || state.stoodDown || state.lifecycle !== 'running') return null;
	return { open: 'All quiet: learn what normal looks like before the pager sounds', action: null };
}

export function acknowledge(look: Look) {
	const { state, reader, now } = look;
	const shouting = state.alerts.filter((alert) => isShouting(alert, now));
	const first = shouting.find((alert) => alert.level === 'critical') ?? shouting[0];
	if (!first || (reader.seats.length > 0 && !falls(look, 'technical_lead') && !falls(look, 'incident_commander')))
		return null;
	const body = { type: 'acknowledgeAlert', alertId: first.alertId } as const;
	const open =
		shouting.length === 1 ? `${first.name} waits for somebody` : `${shouting.length} alerts wait for somebody`;
	return { open, action: act(`Acknowledge ${first.name}`, { type: 'send', body }) };
}

export function takeOver({ state, reader }: Look) {
	for (const handoff of state.handoffs) {
		const item = handoff.items.find((one) => one.acknowledgedAt === null);
		const mine = handoff.to === reader.participantId && reader.seats.includes(handoff.role);
		if (!item || !mine) continue;
		const body = { type: 'acknowledgeHandoffItem', handoffId: handoff.handoffId, itemId: item.itemId } as const;
		return { open: `Handed to you: ${item.text}`, action: act('I have this', { type: 'send', body }) };
	}
	return null;
}

export function declare(look: Look) {
	const { state, reader } = look;
	if (state.declared || state.stoodDown || state.alerts.length === 0) return null;
	if (reader.seats.length > 0 && !falls(look, 'incident_commander')) {
		return { open: 'Not declared yet: the commander judges the severity', action: null };
	}
	return {
		open: 'Not declared yet: judge how bad it is',
		action: act('Declare the incident', { type: 'ask', dialog: { type: 'declare' } })
	};
}

/** No alert, but people write in. */
export function heard(look: Look) {
	const { state } = look;
	if (state.declared || state.stoodDown || state.alerts.length > 0 || nothingYet(look)) return null;
	const open = 'No alert has fired, but people write in: is something wrong?';
	if (look.reader.seats.length > 0 && !falls(look, 'incident_commander')) return { open, action: null };
	return { open, action: act('Declare the incident', { type: 'ask', dialog: { type: 'declare' } }) };
}

export function commander({ state, reader }: Look) {
	if (!state.declared || holderOf(state, 'incident_commander')) return null;
	if (reader.seats.length > 0 && responders(state).length > 1 && someoneFree(state)) return null;
	return { open: 'Nobody commands', action: act('Take incident commander', take('incident_commander')) };
}

export function technicalLead(look: Look) {
	const { state, reader } = look;
	if (!state.declared || holderOf(state, 'technical_lead')) return null;
	const open = 'Technical lead is open';
	if (reader.seats.length === 0) return { open, action: act('Take technical lead', take('technical_lead')) };
	if (!reader.seats.includes('incident_commander')) return null;
	return someoneFree(state)
		? { open, action: act('Fill technical lead', { type: 'ask', dialog: { type: 'assign', role: 'technical_lead' } }) }
		: { open, action: act('Take technical lead', take('technical_lead')) };
}

export function otherSeats({ state, reader }: Look) {
	if (!state.declared || !reader.seats.includes('incident_commander')) return null;
	const urgent = state.severity === 'P1' || state.severity === 'P2';
	for (const role of ['communications_lead', 'scribe'] as const) {
		if (!urgent || holderOf(state, role) || state.roles[role].bot) continue;
		const name = ROLE_NAMES[role];
		if (someoneFree(state)) {
			return {
				open: `${name} is open`,
				action: act(`Assign ${name.toLowerCase()}`, { type: 'ask', dialog: { type: 'assign', role } })
			};
		}
		if (role === 'scribe') {
			const body = { type: 'assignRole', role, to: { bot: true } } as const;
			return {
				open: 'Nobody writes the timeline',
				action: act('Let the bot keep the timeline', { type: 'send', body })
			};
		}
	}
	return null;
}
