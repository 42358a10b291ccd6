import type { CommandBody } from './command.ts';
import type { EventBody } from './event.ts';

/** A log as it may leave the house: what is sealed keeps its place and its number, and says nothing. */
export function sealEvent<E extends EventBody>(event: E): E {
	return event.type === 'survey.answered' ? { ...event, payload: { answers: null } } : event;
}

export function sealCommand<C extends { body: CommandBody }>(command: C): C {
	return command.body.type === 'answerSurvey' ? { ...command, body: { ...command.body, answers: null } } : command;
}
