import { COMMAND_ROLES, ROLE_NAMES } from '../role.ts';
import { refuse } from '../refusal.ts';
import { accept, draft, happened, type Deciders } from './context.ts';

export const decidePeople: Deciders<'join' | 'leave'> = {
	join: (state, { as }, context) => {
		const { participantId, host } = context.by;
		const before = state.participants.find((one) => one.participantId === participantId);
		if (before && before.leftAt === null && before.as === as) {
			return refuse('wrong_state', 'You are in the room already.');
		}
		if (as === 'facilitator') {
			if (state.origin === 'real') {
				return refuse('wrong_state', 'A real incident has no facilitator: join as a responder or observer.');
			}
			if (!host && !context.seats.includes('facilitator')) {
				return refuse('forbidden', 'Facilitating needs the host link: ask the host, or join as a responder.');
			}
		}
		if (as === 'responder' && before?.facilitated && !state.truthOpen) {
			return refuse('forbidden', 'You have seen the truth of this run as facilitator: join as an observer instead.');
		}
		const held = COMMAND_ROLES.find((role) => state.roles[role].participantId === participantId);
		if (as !== 'responder' && held) {
			return refuse('wrong_state', `You are ${ROLE_NAMES[held].toLowerCase()}: hand that seat over first.`);
		}
		return happened(context, { type: 'participant.joined', payload: { participantId, as } });
	},

	// Leaving vacates the seats, so that the room sees at once what is open.
	leave: (state, _command, context) => {
		const { participantId } = context.by;
		const vacated = COMMAND_ROLES.filter((role) => state.roles[role].participantId === participantId).map((role) =>
			draft(context, { type: 'role.assigned', payload: { role, participantId: null, bot: false } })
		);
		// After the end the seats stay as they were: the record says who held them to the last.
		return accept(
			draft(context, { type: 'participant.left', payload: { participantId } }),
			...(state.lifecycle === 'ended' ? [] : vacated)
		);
	}
};
