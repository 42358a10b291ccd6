import { measure, notApplicable, type Dimension } from '../dimension.ts';
import type { Facts } from '../facts.ts';
import { byShare } from '../rating.ts';
import { plural } from '../words.ts';

/** Whether what was learnt is tracked: actions with an owner and a date, and closed on time. */
export function learning(facts: Facts): Dimension {
	const published = facts.of('postmortem.published');
	const added = facts.of('action_item.added');
	const answers = facts.of('hotwash.answered');
	if (added.length === 0 && published.length === 0)
		return notApplicable('learning', 'The post-mortem is not published yet.');
	const changes = facts.of('action_item.changed');
	// Due dates are the wall's: an exercise set in another year is learnt from in this one.
	const closedAt = (id: string): number | null =>
		changes.findLast(({ payload }) => payload.actionItemId === id && payload.status === 'complete')?.recordedAt ?? null;
	const withdrawn = new Set(
		changes.filter(({ payload }) => payload.withdrawn === true).map(({ payload }) => payload.actionItemId)
	);
	const items = added.filter(({ payload }) => !withdrawn.has(payload.actionItemId));
	const now = facts.events.reduce((latest, { recordedAt }) => Math.max(latest, recordedAt), 0);
	const tracked = items.filter(({ payload }) => payload.owner.trim() !== '' && payload.dueAt !== null);
	const late = tracked.filter(({ payload }) => {
		const due = payload.dueAt ?? Number.POSITIVE_INFINITY;
		return (closedAt(payload.actionItemId) ?? now) > due;
	});
	const value = items.length === 0 ? 0 : (tracked.length - late.length) / items.length;
	return measure('learning', {
		measured:
			items.length === 0
				? 'no action is recorded'
				: `${tracked.length} of ${plural(items.length, 'action')} with owner and date, ${late.length} overdue`,
		value,
		unit: 'share',
		target: '100% tracked',
		rating: items.length === 0 ? 'U' : byShare(value, [1, 0.75, 0.4]),
		evidence: [...published, ...items, ...changes, ...answers].map(({ seq }) => seq),
		note: answers.length === 0 ? '' : `${plural(answers.length, 'answer')} in the hot wash.`
	});
}
