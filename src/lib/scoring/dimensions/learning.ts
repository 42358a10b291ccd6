import { measure, notApplicable, type Dimension } from '../dimension.ts';
import type { Facts } from '../facts.ts';
import { byShare } from '../rating.ts';
import { trackedActions } from '../tracked-actions.ts';
import { plural } from '../words.ts';

/** Whether what was learnt is tracked: surprises named, actions with an owner, a date and a criterion, closed on time. */
export function learning(facts: Facts): Dimension {
	const published = facts.of('postmortem.published');
	const items = trackedActions(facts);
	const answers = facts.of('hotwash.answered');
	if (items.length === 0 && published.length === 0)
		return notApplicable('learning', 'The post-mortem is not published yet.');
	const now = facts.events.reduce((latest, { recordedAt }) => Math.max(latest, recordedAt), 0);
	const withCriterion = items.some(({ criterion }) => criterion !== null);
	const tracked = items.filter(
		({ owner, dueAt, criterion }) => owner.trim() !== '' && dueAt !== null && criterion?.trim() !== ''
	);
	const late = tracked.filter(({ dueAt, completedAt }) => (completedAt ?? now) > (dueAt ?? Number.POSITIVE_INFINITY));
	const value = items.length === 0 ? 0 : (tracked.length - late.length) / items.length;
	return measure('learning', {
		measured:
			items.length === 0
				? 'no action is recorded'
				: `${tracked.length} of ${plural(items.length, 'action')} with owner${withCriterion ? ', date and criterion' : ' and date'}, ${late.length} overdue`,
		value,
		unit: 'share',
		target: '100% tracked',
		rating: items.length === 0 ? 'U' : byShare(value, [1, 0.75, 0.4]),
		evidence: [...published, ...answers].map(({ seq }) => seq).concat(items.flatMap(({ seqs }) => seqs)),
		note: surprises(answers.map(({ payload }) => payload.surprisedMe))
	});
}

function surprises(answers: readonly string[]): string {
	const named = answers.filter((text) => text.trim() !== '').length;
	return answers.length === 0
		? 'No surprise is recorded: nobody answered in the hot wash.'
		: `${plural(named, 'surprise')} named in ${plural(answers.length, 'answer')} of the hot wash.`;
}
