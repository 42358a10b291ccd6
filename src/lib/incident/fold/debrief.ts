import type { DebriefEvent } from '../events/debrief-events.ts';
import { ratedKey } from '../rating.ts';
import type { IncidentState } from '../state.ts';
import type { Handlers } from './handlers.ts';

const NOTHING: NonNullable<IncidentState['debrief']> = {
	answersOpen: false,
	step: 'answers',
	moment: null,
	written: [],
	surveyed: [],
	ratings: []
};

export const foldDebrief: Handlers<DebriefEvent> = {
	'hotwash.answers_opened': (state) => after(state, { answersOpen: true }),
	'hotwash.written': (state, { participantId }) =>
		after(state, { written: [...(state.debrief ?? NOTHING).written, participantId] }),
	'hotwash.moved': (state, { step, moment }) => after(state, { step, moment }),
	'survey.taken': (state, { participantId }) =>
		after(state, { surveyed: [...(state.debrief ?? NOTHING).surveyed, participantId] }),
	'survey.answered': (state) => state,
	'rating.given': (state, { of, rating, note }, { occurredAt, actor }) => {
		const by = actor.kind === 'participant' ? actor.id : '';
		const others = (state.debrief ?? NOTHING).ratings.filter(
			(one) => one.by !== by || ratedKey(one.of) !== ratedKey(of)
		);
		return after(state, { ratings: rating === null ? others : [...others, { by, of, rating, note, at: occurredAt }] });
	}
};

function after(state: IncidentState, change: Partial<NonNullable<IncidentState['debrief']>>): IncidentState {
	return { ...state, debrief: { ...(state.debrief ?? NOTHING), ...change } };
}
