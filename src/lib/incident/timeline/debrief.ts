import type { DebriefEvent } from '../events/debrief-events.ts';
import type { Wordings } from './wording.ts';

/** The debrief is not part of what it looks back at: nothing of it stands in the timeline. */
export const debriefWords: Wordings<DebriefEvent> = {
	'hotwash.answers_opened': () => null,
	'hotwash.written': () => null,
	'hotwash.moved': () => null,
	'survey.taken': () => null,
	'survey.answered': () => null,
	'rating.given': () => null
};
