import { z } from 'zod';
import { HOTWASH_STEPS } from '../hotwash.ts';
import { RATINGS } from '../rating.ts';
import { event } from './event-of.schema.ts';
import { id, longText, text } from './fields.schema.ts';

export const hotwashStep = z.enum(HOTWASH_STEPS);
export const ratedThing = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('objective'), objective: text() }),
	z.strictObject({ kind: z.literal('dimension'), id })
]);
export const rating = z.enum(RATINGS);
const oneToFive = z.number().int().min(1).max(5);
export const surveyAnswers = z.strictObject({
	strain: oneToFive,
	clarity: oneToFive,
	voice: oneToFive,
	useful: oneToFive
});

export const debriefEventSchemas = [
	event('hotwash.answers_opened', {}),
	event('hotwash.written', { participantId: id }),
	event('hotwash.moved', { step: hotwashStep, moment: id.nullable() }),
	event('survey.taken', { participantId: id }),
	event('survey.answered', { answers: surveyAnswers.nullable() }),
	event('rating.given', { of: ratedThing, rating: rating.nullable(), note: longText })
] as const;
