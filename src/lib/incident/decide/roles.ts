import type { ParticipantId } from '../ids.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { ROLE_NAMES, type CommandRole } from '../role.ts';
import { holderOf, isHere } from '../seats.ts';
import type { IncidentState } from '../state.ts';
import { happened, type DecideContext, type Deciders, type Decision } from './context.ts';

/** Whether the commander may order seats: the host, or the incident commander. */
export function mayOrder(context: DecideContext): boolean {
	return context.by.host || context.seats.includes('incident_commander');
}

export const decideRoles: Deciders<'takeRole' | 'releaseRole' | 'assignRole'> = {
	takeRole: (state, { role }, context) => {
		const { participantId } = context.by;
		return checkOpen(state, role, participantId) ?? seat(context, role, participantId);
	},

	releaseRole: (state, { role }, context) => {
		if (state.roles[role].participantId !== context.by.participantId) {
			return refuse('wrong_state', `You are not ${ROLE_NAMES[role].toLowerCase()}: there is nothing to give up.`);
		}
		return happened(context, { type: 'role.assigned', payload: { role, participantId: null, bot: false } });
	},

	assignRole: (state, { role, to }, context) => {
		if ('bot' in to) return assignBot(state, role, context);
		const { participantId } = to;
		if (participantId !== context.by.participantId && !mayOrder(context)) {
			return refuse('forbidden', 'Only the incident commander or the host assigns others: take the seat, or ask them.');
		}
		return (
			checkSitter(state, participantId) ?? checkOpen(state, role, participantId) ?? seat(context, role, participantId)
		);
	}
};

/** Refuses somebody who may not sit in a command seat. */
export function checkSitter(state: IncidentState, participantId: ParticipantId): Refusal | null {
	const person = state.participants.find((one) => one.participantId === participantId);
	if (!person) return refuse('unknown_id', 'Nobody by that id is in this incident: choose from the people here.');
	if (!isHere(state, participantId)) return refuse('wrong_state', 'They have left the room: choose somebody here.');
	if (person.facilitated) {
		return refuse('forbidden', 'Whoever has facilitated knows the truth and takes no command seat: choose another.');
	}
	if (person.as === 'observer') return refuse('wrong_state', 'Observers take no seat: have them join as a responder.');
	return null;
}

function checkOpen(state: IncidentState, role: CommandRole, participantId: ParticipantId): Refusal | null {
	const name = ROLE_NAMES[role];
	const holder = holderOf(state, role);
	if (holder === participantId) return refuse('wrong_state', `${name} is filled by the same person already.`);
	if (holder !== null) return refuse('wrong_state', `${name} is taken: hand it over with a briefing instead.`);
	return checkSitter(state, participantId);
}

function assignBot(state: IncidentState, role: CommandRole, context: DecideContext): Decision {
	if (role !== 'scribe') return refuse('wrong_state', 'The bot only keeps the timeline: assign a person to this seat.');
	const holder = holderOf(state, role);
	if (holder !== null && holder !== context.by.participantId && !mayOrder(context)) {
		return refuse('forbidden', 'Somebody is scribe: they, the incident commander or the host may call the bot.');
	}
	if (state.roles.scribe.bot) return refuse('wrong_state', 'The bot keeps the timeline already.');
	return happened(context, { type: 'role.assigned', payload: { role, participantId: null, bot: true } });
}

function seat(context: DecideContext, role: CommandRole, participantId: ParticipantId): Decision {
	return happened(context, { type: 'role.assigned', payload: { role, participantId, bot: false } });
}
