/** The survey after the hot wash, as a team's figures alone: nobody's own answers, and nothing from fewer than five. */
import type { IncidentEvent } from '../incident/event.ts';
import { SURVEY_LEAST, SURVEY_QUESTIONS, type SurveyAnswers } from '../incident/hotwash.ts';

export interface SurveyFigures {
	count: number;
	/** Means from 1 to 5, and how many gave each mark; null while fewer than `SURVEY_LEAST` have answered. */
	figures: Record<keyof SurveyAnswers, { mean: number; marks: [number, number, number, number, number] }> | null;
}

/** Reads sealed events, so it needs the log itself; of several incidents it may be given all their events together. */
export function surveyOf(events: readonly IncidentEvent[]): SurveyFigures {
	const answers = events.flatMap((event) =>
		event.type === 'survey.answered' && event.payload.answers ? [event.payload.answers] : []
	);
	if (answers.length < SURVEY_LEAST) return { count: answers.length, figures: null };
	const figures = {} as NonNullable<SurveyFigures['figures']>;
	for (const { id } of SURVEY_QUESTIONS) {
		const marks: [number, number, number, number, number] = [0, 0, 0, 0, 0];
		for (const one of answers) marks[one[id] - 1] = (marks[one[id] - 1] ?? 0) + 1;
		figures[id] = { mean: answers.reduce((sum, one) => sum + one[id], 0) / answers.length, marks };
	}
	return { count: answers.length, figures };
}
