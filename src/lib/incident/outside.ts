/** Who speaks from outside, and what of it has been said already. */
import type { QuestionState } from './state.ts';

/** Channels by which somebody outside the organisation speaks. */
const OUTSIDE: ReadonlySet<string> = new Set(['ticket', 'phone', 'social', 'press', 'partner', 'regulator', 'email']);

export function isFromOutside(channel: string): boolean {
	return OUTSIDE.has(channel);
}

/** Whether an inject is a question, too: then that is what people know it as. */
export function isAsked(questions: readonly QuestionState[], inject: { from: string; text: string }): boolean {
	return questions.some(({ from, text }) => from === inject.from && text === inject.text);
}
