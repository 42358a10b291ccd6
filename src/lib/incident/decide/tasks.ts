import { nextId } from '../next-id.ts';
import { refuse } from '../refusal.ts';
import { isHere } from '../seats.ts';
import { happened, type Deciders } from './context.ts';
import { requireText } from './limits.ts';

const LONGEST_TASK_MINUTES = 7 * 24 * 60;

export const decideTasks: Deciders<'assignTask' | 'completeTask'> = {
	assignTask: (state, { text, ownerId, dueInMinutes }, context) => {
		const refusal = requireText(text, 'what is to be done');
		if (refusal) return refusal;
		if (ownerId !== null && !isHere(state, ownerId)) {
			return refuse('unknown_id', 'The owner is not in the room: choose somebody here, or nobody yet.');
		}
		if (dueInMinutes !== null && !(dueInMinutes > 0 && dueInMinutes <= LONGEST_TASK_MINUTES)) {
			return refuse('incomplete', 'Make the task due within a week from now, or leave the time open.');
		}
		const dueAt = dueInMinutes === null ? null : context.at + dueInMinutes * 60_000;
		return happened(context, {
			type: 'task.assigned',
			payload: { taskId: nextId(state, 'task'), text, ownerId, dueAt }
		});
	},

	completeTask: (state, { taskId, result }, context) => {
		const task = state.tasks.find((one) => one.taskId === taskId);
		if (!task) return refuse('unknown_id', 'There is no such task here: choose one from the list.');
		if (task.done) return refuse('wrong_state', 'This task is done already.');
		return happened(context, { type: 'task.done', payload: { taskId, result } });
	}
};
