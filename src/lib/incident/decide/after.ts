import { refuse } from '../refusal.ts';
import { happened, type Deciders } from './context.ts';
import { requireText } from './limits.ts';
import { mayOrder } from './roles.ts';

export const decideAfter: Deciders<'openTruth' | 'correctMilestone' | 'publishPostmortem'> = {
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
