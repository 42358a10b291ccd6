import type { ParticipantId } from './ids.ts';
import { COMMAND_ROLES, type CommandRole, type Role } from './role.ts';
import type { IncidentState } from './state.ts';

/** Seats somebody holds now, `responder`, `observer` or `facilitator` first; empty for who is not in the room. */
export function seatsOf(state: IncidentState, participantId: ParticipantId): Role[] {
	const here = state.participants.find((one) => one.participantId === participantId);
	if (!here || here.leftAt !== null) return [];
	return [here.as, ...COMMAND_ROLES.filter((role) => state.roles[role].participantId === participantId)];
}

/** Whether somebody is in the room. */
export function isHere(state: IncidentState, participantId: ParticipantId): boolean {
	return state.participants.some((one) => one.participantId === participantId && one.leftAt === null);
}

/** Who sits in a seat and is in the room; null where it is open, kept by the bot, or its holder has left. */
export function holderOf(state: IncidentState, role: CommandRole): ParticipantId | null {
	const { participantId } = state.roles[role];
	return participantId !== null && isHere(state, participantId) ? participantId : null;
}

/** Those who respond: in the room, neither observing nor facilitating. */
export function responders(state: IncidentState): ParticipantId[] {
	return state.participants
		.filter((one) => one.as === 'responder' && one.leftAt === null)
		.map((one) => one.participantId);
}
