import { endpoint } from '$lib/server/api/endpoint.ts';
import { askedBy } from '$lib/server/debrief/asking.ts';
import { surveyAnswer } from '$lib/server/debrief/survey.ts';

/** The survey of the team: figures from five answers up, nobody's own. */
export const GET = endpoint('read', async (event, muster) => {
	const asked = await askedBy(event, muster);
	return asked.ok ? surveyAnswer(asked.live) : asked;
});
