/** The hot wash, in the order in which it is led: what people saw, before what was so; the scores last. */
export const HOTWASH_STEPS = ['answers', 'moments', 'truth', 'scores', 'survey'] as const;
export type HotwashStep = (typeof HOTWASH_STEPS)[number];

export const HOTWASH_STEP_NAMES: Record<HotwashStep, string> = {
	answers: 'Three questions',
	moments: 'Moments',
	truth: 'What was so',
	scores: 'Scores',
	survey: 'Four questions'
};

/** The survey after the hot wash: each from 1 to 5. Shown as a team's figures only, from `SURVEY_LEAST` answers up. */
export interface SurveyAnswers {
	/** How hard this was on me (1 not at all, 5 too much): the on-call strain. */
	strain: number;
	/** I knew what was expected of me. */
	clarity: number;
	/** I could say what I saw and doubted. */
	voice: number;
	/** What we did here helps in the next incident. */
	useful: number;
}

export const SURVEY_QUESTIONS: { id: keyof SurveyAnswers; text: string; low: string; high: string }[] = [
	{ id: 'strain', text: 'How hard was this on you?', low: 'not at all', high: 'too much' },
	{ id: 'clarity', text: 'I knew what was expected of me', low: 'never', high: 'all the time' },
	{ id: 'voice', text: 'I could say what I saw and doubted', low: 'never', high: 'all the time' },
	{ id: 'useful', text: 'What we did here helps in the next incident', low: 'not at all', high: 'very much' }
];

/** Fewer answers than this are never shown, not even as a mean: one could tell who said what. */
export const SURVEY_LEAST = 5;
