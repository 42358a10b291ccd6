// The survey as a team's figures: the only place that reads what was sealed.

import { SURVEY_LEAST } from '../../incident/hotwash.ts';
import type { SurveyAnswer } from '../../protocol/debrief.ts';
import { surveyOf } from '../../scoring/index.ts';
import type { LiveIncident } from '../runs/live-incident.ts';

export function surveyAnswer(live: LiveIncident): SurveyAnswer {
	return { ...surveyOf(live.events), least: SURVEY_LEAST };
}
