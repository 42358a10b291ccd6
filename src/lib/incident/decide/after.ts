import { refuse } from '../refusal.ts';
import { happened, type Deciders } from './context.ts';
import type { IncidentState } from '../state.ts';
import { OLDEST_MS, requireText } from './limits.ts';
import { mayOrder } from './roles.ts';

type After = 'openTruth' | 'correctMilestone' | 'requestPostmortemReview' | 'returnPostmortem' | 'publishPostmortem';

export const decideAfter: Deciders<After> = {
	openTruth: (state, _command, context) =>
		state.truthOpen
			? refuse('wrong_state', 'The truth is open already.')
			: happened(context, { type: 'truth.opened', payload: {} }),

	correctMilestone: (state, { milestone, at, reason }, context) => {
		const may = mayOrder(context) || context.seats.includes('scribe') || context.seats.includes('facilitator');
		if (!may) return refuse('forbidden', 'The incident commander, the scribe or the host corrects times: ask them.');
		// A review may come weeks later: what counts is how far a time lies from the incident.
		const began = state.declared?.at ?? state.alerts[0]?.firedAt ?? context.at;
		if (at !== null && at < began - OLDEST_MS) {
			return refuse('incomplete', 'That is more than a week before the incident: choose a later time.');
		}
		return (
			requireText(reason, 'why the time is corrected') ??
			happened(context, { type: 'milestone.corrected', payload: { milestone, at, reason } })
		);
	},

	requestPostmortemReview: ({ postmortem }, _command, context) =>
		postmortem.state === 'draft'
			? happened(context, { type: 'postmortem.review_requested', payload: { revision: postmortem.revision ?? 1 } })
			: refuse('wrong_state', `${STANDING[postmortem.state]} Only a draft is given for review.`),

	returnPostmortem: ({ postmortem }, { reason }, context) =>
		postmortem.state === 'review'
			? (requireText(reason, 'what is still missing') ??
				happened(context, { type: 'postmortem.review_returned', payload: { reason } }))
			: refuse('wrong_state', `${STANDING[postmortem.state]} Only what is in review can be returned.`),

	publishPostmortem: ({ postmortem }, { contentHash = null, version = null }, context) =>
		postmortem.state === 'published' || postmortem.state === 'none'
			? refuse('wrong_state', `${STANDING[postmortem.state]} Only a draft or what is in review is published.`)
			: happened(context, {
					type: 'postmortem.published',
					payload: { revision: postmortem.revision ?? 1, contentHash, version }
				})
};

const STANDING: Record<IncidentState['postmortem']['state'], string> = {
	none: 'There is no post-mortem yet.',
	draft: 'The post-mortem is a draft.',
	review: 'The post-mortem is in review already.',
	published: 'The post-mortem is published.'
};
