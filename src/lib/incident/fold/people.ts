import type { CoordinationEvent } from '../events/coordination-events.ts';
import { change, counted, type Handlers } from './handlers.ts';

export type PeopleEvent = Extract<
	CoordinationEvent,
	{
		type:
			| 'participant.joined'
			| 'participant.left'
			| 'role.assigned'
			| 'role.proposed'
			| 'role.handed_off'
			| 'handoff.item_acknowledged';
	}
>;

export const foldPeople: Handlers<PeopleEvent> = {
	'participant.joined': (state, { participantId, as }, { occurredAt }) => {
		const before = state.participants.find((one) => one.participantId === participantId);
		const facilitated = as === 'facilitator' || before?.facilitated;
		const now = {
			participantId,
			as,
			joinedAt: before?.joinedAt ?? occurredAt,
			leftAt: null,
			...(facilitated ? { facilitated: true as const } : {})
		};
		const participants = before
			? state.participants.map((one) => (one === before ? now : one))
			: [...state.participants, now];
		return { ...state, participants };
	},
	'participant.left': (state, { participantId }, { occurredAt }) => ({
		...state,
		participants: change(
			state.participants,
			(one) => one.participantId === participantId,
			(one) => ({ ...one, leftAt: occurredAt })
		)
	}),
	'role.assigned': (state, { role, participantId, bot }, { occurredAt }) => ({
		...state,
		roles: { ...state.roles, [role]: { participantId, bot, since: participantId || bot ? occurredAt : null } }
	}),
	'role.proposed': (state, { role, participantId, bot, onCall, why }) => ({
		...state,
		proposals: [...state.proposals.filter((one) => one.role !== role), { role, participantId, bot, onCall, why }]
	}),
	'role.handed_off': (state, { handoffId, role, from, to, briefing, items }, { occurredAt }) => ({
		...counted(state, 'handoff', handoffId),
		roles: { ...state.roles, [role]: { participantId: to, bot: false, since: occurredAt } },
		handoffs: [
			...state.handoffs,
			{
				handoffId,
				at: occurredAt,
				role,
				from,
				to,
				briefing,
				items: items.map((item) => ({ ...item, acknowledgedAt: null }))
			}
		]
	}),
	'handoff.item_acknowledged': (state, { handoffId, itemId }, { occurredAt }) => ({
		...state,
		handoffs: change(
			state.handoffs,
			(one) => one.handoffId === handoffId,
			(one) => ({
				...one,
				items: change(
					one.items,
					(item) => item.itemId === itemId,
					(item) => ({ ...item, acknowledgedAt: item.acknowledgedAt ?? occurredAt })
				)
			})
		)
	})
};
