import { nextId } from '../next-id.ts';
import { refuse } from '../refusal.ts';
import { ROLE_NAMES } from '../role.ts';
import { happened, type Deciders } from './context.ts';
import { requireText } from './limits.ts';
import { checkSitter, mayOrder } from './roles.ts';

export const decideHandoff: Deciders<'handOffRole' | 'acknowledgeHandoffItem'> = {
	handOffRole: (state, { role, to, briefing, items }, context) => {
		const from = state.roles[role].participantId;
		const name = ROLE_NAMES[role];
		if (from === null) return refuse('wrong_state', `${name} is open: take it or assign it instead.`);
		if (from !== context.by.participantId && !mayOrder(context)) {
			return refuse(
				'forbidden',
				`Only who is ${name.toLowerCase()}, the incident commander or the host hands it over.`
			);
		}
		if (from === to) return refuse('wrong_state', `${name} is held by the same person already: choose another.`);
		const refusal = checkSitter(state, to) ?? requireText(briefing, 'in the briefing what the successor needs to know');
		if (refusal) return refusal;
		const open = items.map((text) => text.trim()).filter((text) => text !== '');
		return happened(context, {
			type: 'role.handed_off',
			payload: {
				handoffId: nextId(state, 'handoff'),
				role,
				from,
				to,
				briefing,
				items: open.map((text, index) => ({ itemId: `i${index + 1}`, text }))
			}
		});
	},

	acknowledgeHandoffItem: (state, { handoffId, itemId }, context) => {
		const handoff = state.handoffs.find((one) => one.handoffId === handoffId);
		const item = handoff?.items.find((one) => one.itemId === itemId);
		if (!handoff || !item) return refuse('unknown_id', 'That item is not part of a handover here: reload the page.');
		if (handoff.to !== context.by.participantId) {
			return refuse('forbidden', 'Only the successor takes over an item: leave it to them.');
		}
		if (item.acknowledgedAt !== null) return refuse('wrong_state', 'You have taken over this item already.');
		return happened(context, { type: 'handoff.item_acknowledged', payload: { handoffId, itemId } });
	}
};
