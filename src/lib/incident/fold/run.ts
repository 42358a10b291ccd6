import type { RunEvent } from '../events/run-events.ts';
import type { IncidentState, PostmortemState } from '../state.ts';
import type { Handlers } from './handlers.ts';

export const foldRun: Handlers<RunEvent> = {
	'run.began': (state, { speed }) => ({ ...state, lifecycle: 'running', pause: null, speed }),
	'inject.delivered': (state, { injectId, channel, from, text }, { occurredAt }) => ({
		...state,
		injects: [...state.injects, { injectId, channel, from, text, at: occurredAt }]
	}),
	'hint.requested': (state) => state,
	'hint.given': (state, { step, text }, { occurredAt }) => ({
		...state,
		hints: [...state.hints, { step, text, at: occurredAt }]
	}),
	'facilitator.intervened': (state) => state,
	'observation.recorded': (state, { text }, { occurredAt, actor }) => ({
		...state,
		observations: [...state.observations, { text, at: occurredAt, by: actor }]
	}),
	'clock.paused': (state, { reason, cause }) =>
		state.lifecycle === 'running' || state.lifecycle === 'paused'
			? { ...state, lifecycle: 'paused', pause: { reason, cause } }
			: state,
	'clock.resumed': (state) =>
		state.lifecycle === 'paused' ? { ...state, lifecycle: 'running', pause: null, frozen: false } : state,
	'clock.speed_changed': (state, { speed }) => ({ ...state, speed }),
	'exercise.frozen': (state) => ({
		...state,
		frozen: true,
		...(state.lifecycle === 'running' || state.lifecycle === 'paused'
			? {
					lifecycle: 'paused' as const,
					pause: { reason: 'Something real has happened: the exercise is frozen.', cause: 'real_incident' as const }
				}
			: {})
	}),
	'run.ended': (state, { outcome, reason }, { occurredAt }) => ({
		...state,
		lifecycle: 'ended',
		pause: null,
		ended: { at: occurredAt, outcome, reason }
	}),
	'hotwash.answered': (state, answer) => ({
		...state,
		hotwash: [...state.hotwash.filter((one) => one.participantId !== answer.participantId), answer]
	}),
	'truth.opened': (state) => ({ ...state, truthOpen: true }),
	'milestone.corrected': (state) => state,
	'postmortem.drafted': (state, { dueAt }) => review(state, { state: 'draft', dueAt }),
	'postmortem.review_requested': (state) => review(state, { state: 'review' }),
	'postmortem.review_returned': (state) => review(state, { state: 'draft' }),
	'postmortem.published': (state, { revision = 1, contentHash = null, version = null }, { occurredAt: at }) =>
		review(state, { state: 'published', published: { at, revision, contentHash, version } }),
	'postmortem.revision_opened': (state, { revision }) => review(state, { state: 'draft', revision }),
	'action_item.added': (state) => state,
	'action_item.changed': (state) => state
};

function review(state: IncidentState, change: Partial<PostmortemState>): IncidentState {
	return { ...state, postmortem: { ...state.postmortem, ...change } };
}
