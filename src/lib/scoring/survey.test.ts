import { expect, it } from 'vitest';
import { LogBuilder } from '../incident/testing.ts';
import { surveyOf } from './survey.ts';

const log = (...strains: number[]) =>
	new LogBuilder().then(
		...strains.map((strain) => ({
			type: 'survey.answered' as const,
			payload: { answers: { strain, clarity: 3, voice: 5, useful: 4 } }
		})),
		{ type: 'survey.answered', payload: { answers: null } }
	).events;

it('says nothing of fewer than five, not even a mean', () => {
	expect(surveyOf(log(1, 2, 3, 4))).toEqual({ count: 4, figures: null });
});

it('gives means and how many gave each mark from five up', () => {
	const { count, figures } = surveyOf(log(1, 2, 3, 5, 5));
	expect(count).toBe(5);
	expect(figures?.strain).toEqual({ mean: 3.2, marks: [1, 1, 1, 0, 2] });
	expect(figures?.voice).toEqual({ mean: 5, marks: [0, 0, 0, 0, 5] });
});
