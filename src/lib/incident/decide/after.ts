import { refuse } from '../refusal.ts';
import { happened, type Deciders } from './context.ts';
import { requireText } from './limits.ts';
import { mayOrder } from './roles.ts';

export const decideAfter: Deciders<'answerHotwash' | 'openTruth' | 'correctMilestone' | 'publishPostmortem'> = {
	answerHotwash: (_state, { wentWell, surprisedMe, unclear }, context) => {
		const { participantId } = context.by;
		return (
			requireText(
				wentWell + surprisedMe + unclear,
				'at least one thing: what went well, surprised you or is unclear'
			) ?? happened(context, { type: 'hotwash.answered', payload: { participantId, wentWell, surprisedMe, unclear } })
		);
	},

	openTruth: (state, _command, context) =>
		state.truthOpen
			? refuse('wrong_state', 'The truth is open already.')
			: happened(context, { type: 'truth.opened', payload: {} }),

	correctMilestone: (_state, { milestone, at, reason }, context) => {
		const may = mayOrder(context) || context.seats.includes('scribe') || context.seats.includes('facilitator');
		if (!may) return refuse('forbidden', 'The incident commander, the scribe or the host corrects times: ask them.');
		return (
			requireText(reason, 'why the time is corrected') ??
			happened(context, { type: 'milestone.corrected', payload: { milestone, at, reason } })
		);
	},

	publishPostmortem: (state, _command, context) =>
		state.postmortem.state === 'published'
			? refuse('wrong_state', 'The post-mortem is published already.')
			: happened(context, { type: 'postmortem.published', payload: {} })
};
