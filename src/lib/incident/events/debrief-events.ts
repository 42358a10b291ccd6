import type { HotwashStep, SurveyAnswers } from '../hotwash.ts';
import type { ParticipantId } from '../ids.ts';
import type { RatedThing, Rating } from '../rating.ts';

/** What happens after the end, when people look back together. */
export type DebriefEvent =
	/** Somebody has written their three answers; what they wrote stands in `hotwash.answered`, kept from the others. */
	| { type: 'hotwash.written'; payload: { participantId: ParticipantId } }
	/** Everybody may read the three answers of everybody from now on. */
	| { type: 'hotwash.answers_opened'; payload: Record<string, never> }
	/** Whoever leads goes to a step; `moment` is the bookmark that is looked at. */
	| { type: 'hotwash.moved'; payload: { step: HotwashStep; moment: string | null } }
	/** Somebody has taken the survey. What they answered stands in an event of its own that nobody is shown. */
	| { type: 'survey.taken'; payload: { participantId: ParticipantId } }
	/** Sealed: names nobody, and is read for a team's figures alone. `answers` is null in an exported log. */
	| { type: 'survey.answered'; payload: { answers: SurveyAnswers | null } }
	/** An evaluator's own judgement, beside what is computed; `rating` null takes it back. */
	| { type: 'rating.given'; payload: { of: RatedThing; rating: Rating | null; note: string } };
