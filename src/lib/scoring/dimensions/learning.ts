import { measure, notApplicable, type Dimension } from '../dimension.ts';
import type { Facts } from '../facts.ts';
import { byShare } from '../rating.ts';
import { plural } from '../words.ts';

/** Whether what was learnt is tracked: actions with an owner and a date, and closed on time. */
export function learning(facts: Facts): Dimension {
	const published = facts.of('postmortem.published');
	const items = facts.of('action_item.added');
	const answers = facts.of('hotwash.answered');
	if (items.length === 0 && published.length === 0)
		return notApplicable('learning', 'The post-mortem is not published yet.');
	const changes = facts.of('action_item.changed');
	const closedAt = (id: string): number | null =>
		changes.findLast(({ payload }) => payload.actionItemId === id && payload.status === 'complete')?.occurredAt ?? null;
	const now = facts.events.at(-1)?.occurredAt ?? 0;
	const tracked = items.filter(({ payload }) => isTracked(payload));
	const late = tracked.filter(({ payload }) => {
		const due = payload.dueAt ?? Number.POSITIVE_INFINITY;
		return (closedAt(payload.actionItemId) ?? now) > due;
	});
	const value = items.length === 0 ? 0 : (tracked.length - late.length) / items.length;
	return measure('learning', {
		measured:
			items.length === 0
				? 'no action is recorded'
				: `${tracked.length} of ${plural(items.length, 'action')} with owner, date${items.some(({ payload }) => 'criterion' in payload) ? ' and criterion' : ''}, ${late.length} overdue`,
		value,
		unit: 'share',
		target: '100% tracked',
		rating: items.length === 0 ? 'U' : byShare(value, [1, 0.75, 0.4]),
		evidence: [...published, ...items, ...changes, ...answers].map(({ seq }) => seq),
		note: surprises(answers.map(({ payload }) => payload.surprisedMe))
	});
}

/** An owner, a date, and where the log says it, what shows that it worked. */
function isTracked(item: { owner: string; dueAt: number | null; criterion?: string }): boolean {
	return item.owner.trim() !== '' && item.dueAt !== null && (item.criterion ?? 'unsaid').trim() !== '';
}

function surprises(answers: readonly string[]): string {
	const named = answers.filter((text) => text.trim() !== '').length;
	return answers.length === 0
		? 'No surprise is recorded: nobody answered in the hot wash.'
		: `${plural(named, 'surprise')} named in ${plural(answers.length, 'answer')} of the hot wash.`;
}
