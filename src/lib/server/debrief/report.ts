// The after-action report as a file.

import { afterAction } from '../../scoring/after-action.ts';
import { afterActionMarkdown } from '../../scoring/after-action-markdown.ts';
import { weighted } from '../../scoring/index.ts';
import type { Muster } from '../muster.ts';
import type { LiveIncident } from '../runs/live-incident.ts';
import { readWeights } from './weights.ts';

/** Markdown, for readers to whom the truth is open. */
export async function reportMarkdown(muster: Muster, live: LiveIncident): Promise<string> {
	const weights = weighted(await readWeights(muster.storage));
	const zone = live.compiled?.scenario.clock.zone ?? 'UTC';
	const format = (options: Intl.DateTimeFormatOptions) => {
		const formatter = new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options });
		return (at: number) => formatter.format(at);
	};
	const date = format({ day: 'numeric', month: 'long', year: 'numeric' });
	const time = format({ hour: '2-digit', minute: '2-digit' });
	return afterActionMarkdown(afterAction(live.events, live.stored.policy, weights), {
		key: live.stored.key,
		title: live.title,
		when: (at) => `${date(at)}, ${time(at)} (${zone})`,
		date,
		name: (participantId) => live.people.find(participantId)?.name ?? participantId
	});
}
