import { EVERYONE, maySee, type Audience } from '../actor.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { ROLE_NAMES } from '../role.ts';
import { routeTo } from '../route-to.ts';
import type { IncidentState, QuestionState } from '../state.ts';
import { accept, draft, happened, type DecideContext, type Deciders } from './context.ts';
import { requireText } from './limits.ts';

export const decideStakeholders: Deciders<'answerStakeholder' | 'handStakeholder'> = {
	answerStakeholder: (state, { questionId, text }, context) => {
		const question = findOpen(state, questionId, context);
		if ('ok' in question) return question;
		return (
			requireText(text, 'what to answer') ??
			happened(
				context,
				{ type: 'stakeholder.answered', payload: { questionId, text } },
				{ audience: question.audience ?? EVERYONE }
			)
		);
	},

	handStakeholder: (state, { questionId, to }, context) => {
		const question = findOpen(state, questionId, context);
		if ('ok' in question) return question;
		if (question.to === to) return refuse('wrong_state', `It is with the ${ROLE_NAMES[to].toLowerCase()} already.`);
		const audience = question.audience ?? EVERYONE;
		const wider = join(audience, routeTo(to, state));
		const handed = draft(context, { type: 'stakeholder.handed', payload: { questionId, to } }, { audience: wider });
		if (audience.kind === 'everyone') return accept(handed);
		// Whoever receives it has not heard the question: it is asked again, for them.
		const { from, channel, text, needsAnswer } = question;
		const asked = draft(
			context,
			{ type: 'stakeholder.asked', payload: { questionId, from, channel, text, needsAnswer, to } },
			{ audience: wider, actor: { kind: 'character', name: from } }
		);
		return accept(asked, handed);
	}
};

/** The question, if it is open and the commander can see it; what they cannot see does not exist for them. */
function findOpen(state: IncidentState, questionId: string, context: DecideContext): QuestionState | Refusal {
	const question = state.questions.find((one) => one.questionId === questionId);
	const viewer = { seats: context.seats, truthOpen: state.truthOpen };
	if (!question || !maySee(question.audience ?? EVERYONE, viewer)) {
		return refuse('unknown_id', 'There is no such question here: choose one from the inbox.');
	}
	return question.answer ? refuse('wrong_state', 'This question has been answered already.') : question;
}

function join(one: Audience, other: Audience): Audience {
	if (one.kind !== 'seats' || other.kind !== 'seats') return EVERYONE;
	return { kind: 'seats', seats: [...new Set([...one.seats, ...other.seats])].sort() };
}
