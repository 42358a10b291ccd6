import type { Facts } from '../scoring/facts.ts';
import { percent } from '../scoring/words.ts';
import { moment, type Moment } from './moments-kinds.ts';

/** Changes within this time are one fall or one rise. */
const TOGETHER_MS = 3 * 60_000;
/** Of all users: less is noise. */
const LEAST = 0.02;

/** Where impact fell for good, and where it rose the most after people knew of it. */
export function turningPoints(facts: Facts): Moment[] {
	const steps = facts
		.of('impact.started', 'impact.changed', 'impact.ended')
		.map((event) => ({ event, share: event.type === 'impact.ended' ? 0 : event.payload.share }));
	const known = facts.milestone('recognised')?.at ?? Number.POSITIVE_INFINITY;
	const found: Moment[] = [];
	for (const [index, { event, share }] of steps.entries()) {
		const before = steps[index - 1]?.share ?? 0;
		const soon = steps.slice(index).filter((one) => one.event.occurredAt - event.occurredAt <= TOGETHER_MS);
		const after = soon.at(-1)?.share ?? share;
		const change = after - before;
		const evidence = soon.map((one) => one.event.seq);
		const question = 'How did you judge here how customers fared?';
		if (-change >= LEAST)
			found.push(
				moment('turning', event, {
					title: 'Things change for customers',
					question,
					because: `From here the share of users affected fell from ${percent(before)} to ${percent(after)}.`,
					weight: -change,
					evidence
				})
			);
		else if (change >= LEAST && event.occurredAt > known)
			found.push(
				moment('worsening', event, {
					title: 'Things change for customers',
					question,
					because: `From here the share of users affected rose from ${percent(before)} to ${percent(after)}.`,
					weight: change,
					evidence
				})
			);
	}
	return found;
}
