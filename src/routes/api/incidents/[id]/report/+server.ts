import { refuse } from '$lib/incident/refusal.ts';
import { endpoint } from '$lib/server/api/endpoint.ts';
import { seesTruth } from '$lib/server/debrief/access.ts';
import { askedBy } from '$lib/server/debrief/asking.ts';
import { reportMarkdown } from '$lib/server/debrief/report.ts';

/** The after-action report and improvement plan as Markdown. */
export const GET = endpoint('read', async (event, muster) => {
	const asked = await askedBy(event, muster);
	if (!asked.ok) return asked;
	const { live, reader, admin } = asked;
	if (!seesTruth(live, reader) && !admin)
		return refuse('wrong_state', 'The report tells the truth and the scores: open them first, in the debrief.');
	return new Response(await reportMarkdown(muster, live), {
		headers: {
			'content-type': 'text/markdown; charset=utf-8',
			'content-disposition': `attachment; filename="${live.stored.key}-after-action.md"`,
			'cache-control': 'no-store'
		}
	});
});
