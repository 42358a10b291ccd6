import type { CoordinationEvent } from '../events/coordination-events.ts';
import { change, counted, type Handlers } from './handlers.ts';

export type TalkEvent = Extract<
	CoordinationEvent,
	{
		type:
			| 'message.posted'
			| 'message.corrected'
			| 'brief.updated'
			| 'status_update.published'
			| 'stakeholder.asked'
			| 'stakeholder.handed'
			| 'stakeholder.answered'
			| 'task.assigned'
			| 'task.done';
	}
>;

export const foldTalk: Handlers<TalkEvent> = {
	'message.posted': (state, { messageId, text, said }, { occurredAt, actor }) => ({
		...counted(state, 'message', messageId),
		messages: [...state.messages, { messageId, at: occurredAt, by: actor, text, said, corrected: [] }]
	}),
	'message.corrected': (state, { messageId, text }, { occurredAt }) => ({
		...state,
		messages: change(
			state.messages,
			(one) => one.messageId === messageId,
			(one) => ({ ...one, text, corrected: [...one.corrected, { text: one.text, at: occurredAt }] })
		)
	}),
	'brief.updated': (state, { brief }, { occurredAt }) => ({ ...state, brief: { ...brief, at: occurredAt } }),
	'status_update.published': (state, payload, { occurredAt, actor }) => ({
		...counted(state, 'update', payload.updateId),
		updates: [...state.updates, { ...payload, at: occurredAt, by: actor }]
	}),
	'stakeholder.asked': (state, payload, when) => {
		// A question handed to another seat is asked again for its new audience: those who had it keep the first.
		if (state.questions.some((one) => one.questionId === payload.questionId)) return state;
		const audience = when.audience ? { audience: when.audience } : {};
		const question = { ...payload, at: when.occurredAt, answer: null, ...audience };
		return {
			...counted(state, 'question', payload.questionId),
			questions: [...state.questions, question]
		};
	},
	'stakeholder.handed': (state, { questionId, to }, when) => ({
		...state,
		questions: change(
			state.questions,
			(one) => one.questionId === questionId,
			(one) => ({ ...one, to, ...(when.audience ? { audience: when.audience } : {}) })
		)
	}),
	'stakeholder.answered': (state, { questionId, text }, { occurredAt, actor }) => ({
		...state,
		questions: change(
			state.questions,
			(one) => one.questionId === questionId,
			(one) => ({ ...one, answer: { at: occurredAt, by: actor, text } })
		)
	}),
	'task.assigned': (state, { taskId, text, ownerId, dueAt }, { occurredAt, actor }) => ({
		...counted(state, 'task', taskId),
		tasks: [...state.tasks, { taskId, at: occurredAt, by: actor, text, ownerId, dueAt, done: null }]
	}),
	'task.done': (state, { taskId, result }, { occurredAt }) => ({
		...state,
		tasks: change(
			state.tasks,
			(one) => one.taskId === taskId,
			(one) => ({ ...one, done: { at: occurredAt, result } })
		)
	})
};
