import { nextId } from '../next-id.ts';
import { refuse } from '../refusal.ts';
import { happened, whenSaid, type Deciders } from './context.ts';
import { requireText } from './limits.ts';

const LONGEST_PROMISE_MINUTES = 24 * 60;

export const decideTalk: Deciders<'postMessage' | 'correctMessage' | 'updateBrief' | 'publishStatusUpdate'> = {
	postMessage: (state, command, context) => {
		const { said, options } = whenSaid(command, context);
		return (
			requireText(command.text, 'something: the message is empty') ??
			happened(
				context,
				{ type: 'message.posted', payload: { messageId: nextId(state, 'message'), text: command.text, said } },
				options
			)
		);
	},

	correctMessage: (state, { messageId, text }, context) => {
		const message = state.messages.find((one) => one.messageId === messageId);
		if (!message) return refuse('unknown_id', 'There is no such message here: reload the page.');
		if (message.by.kind !== 'participant' || message.by.id !== context.by.participantId) {
			return refuse('forbidden', 'Only who wrote a message corrects it: post a new one instead.');
		}
		if (message.text === text) return refuse('wrong_state', 'Nothing in the message has changed.');
		return (
			requireText(text, 'something: the message is empty') ??
			happened(context, { type: 'message.corrected', payload: { messageId, text } })
		);
	},

	updateBrief: (_state, { brief }, context) => happened(context, { type: 'brief.updated', payload: { brief } }),

	publishStatusUpdate: (state, command, context) => {
		const { channel, state: claimed, impact, action, nextUpdateInMinutes: minutes } = command;
		const refusal = requireText(impact, 'what customers notice') ?? requireText(action, 'what is being done about it');
		if (refusal) return refusal;
		if (minutes !== null && !(minutes > 0 && minutes <= LONGEST_PROMISE_MINUTES)) {
			return refuse('incomplete', `Promise the next update within 1 to ${LONGEST_PROMISE_MINUTES} minutes, or none.`);
		}
		const { said, options } = whenSaid(command, context);
		const nextUpdateAt = minutes === null ? null : options.occurredAt + minutes * 60_000;
		return happened(
			context,
			{
				type: 'status_update.published',
				payload: { updateId: nextId(state, 'update'), channel, state: claimed, impact, action, nextUpdateAt, said }
			},
			options
		);
	}
};
