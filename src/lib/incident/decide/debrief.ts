import { EVERYONE, SEALED, TRUTH } from '../actor.ts';
import type { EventBody } from '../event.ts';
import { refuse } from '../refusal.ts';
import { responders } from '../seats.ts';
import type { IncidentState } from '../state.ts';
import { accept, draft, happened, type Deciders } from './context.ts';
import { requireText } from './limits.ts';

const OPENED: EventBody = { type: 'hotwash.answers_opened', payload: {} };

export const decideDebrief: Deciders<'answerHotwash' | 'openAnswers' | 'moveHotwash' | 'answerSurvey' | 'giveRating'> =
	{
		/** Kept from the others until all who responded have written, or whoever leads opens the answers. */
		answerHotwash: (state, { wentWell, surprisedMe, unclear }, context) => {
			const { participantId } = context.by;
			const empty = requireText(
				wentWell + surprisedMe + unclear,
				'at least one thing: what went well, surprised you or is unclear'
			);
			if (empty) return empty;
			const answered = draft(
				context,
				{ type: 'hotwash.answered', payload: { participantId, wentWell, surprisedMe, unclear } },
				{ audience: answersOpen(state) ? EVERYONE : { kind: 'answers', by: participantId } }
			);
			const waiting = responders(state).filter(
				(id) => id !== participantId && !state.hotwash.some((one) => one.participantId === id)
			);
			const before = state.debrief?.written.includes(participantId) ?? false;
			return accept(
				answered,
				...(before ? [] : [draft(context, { type: 'hotwash.written', payload: { participantId } })]),
				...(waiting.length > 0 || answersOpen(state) ? [] : [draft(context, OPENED)])
			);
		},

		openAnswers: (state, _command, context) =>
			answersOpen(state) ? refuse('wrong_state', 'The answers are open already.') : happened(context, OPENED),

		moveHotwash: (state, { step, moment }, context) => {
			const now = state.debrief;
			if (now?.step === step && now.moment === moment) return accept();
			if (!answersOpen(state) && step !== 'answers')
				return refuse('wrong_state', 'The answers come first: open them, then go on.');
			if (step === 'scores' && state.origin === 'practice' && !state.truthOpen)
				return refuse('wrong_state', 'The truth comes before the scores: open it first.');
			return happened(context, { type: 'hotwash.moved', payload: { step, moment } });
		},

		answerSurvey: (state, { answers }, context) => {
			const { participantId } = context.by;
			if (answers === null) return refuse('incomplete', 'Answer the four questions.');
			if (state.debrief?.surveyed.includes(participantId))
				return refuse('wrong_state', 'You have answered: the answers cannot be told apart any more, so they stand.');
			return accept(
				draft(context, { type: 'survey.taken', payload: { participantId } }),
				draft(
					context,
					{ type: 'survey.answered', payload: { answers } },
					{ actor: { kind: 'system', name: 'muster' }, audience: SEALED }
				)
			);
		},

		/** An evaluator judges what they saw. Who took part judges nobody, and nobody's rating tells before the truth is open. */
		giveRating: (state, { of, rating, note }, context) => {
			const watches = context.seats.includes('facilitator') || (context.seats.includes('observer') && state.truthOpen);
			const after = context.by.host && (state.truthOpen || state.origin === 'real');
			if (!watches && !after)
				return refuse(
					'forbidden',
					'Ratings are given by facilitators; by observers and the host once the truth is open.'
				);
			return happened(
				context,
				{ type: 'rating.given', payload: { of, rating, note } },
				{ audience: state.origin === 'real' ? EVERYONE : TRUTH }
			);
		}
	};

export function answersOpen(state: IncidentState): boolean {
	return state.truthOpen || state.debrief?.answersOpen === true;
}
