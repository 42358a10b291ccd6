import { measure, notApplicable, type Dimension } from '../dimension.ts';
import type { Facts } from '../facts.ts';
import { byShare } from '../rating.ts';

/** Open items that the successor took over / open items. */
export function handoff(facts: Facts): Dimension {
	const { handoffs } = facts.state;
	if (handoffs.length === 0) return notApplicable('handoff', 'No seat was handed over.');
	const items = handoffs.flatMap((one) => one.items);
	const taken = items.filter(({ acknowledgedAt }) => acknowledgedAt !== null).length;
	const value = items.length === 0 ? 1 : taken / items.length;
	return measure('handoff', {
		measured:
			items.length === 0
				? 'handed over with a briefing, no open items'
				: `${taken} of ${items.length} open items taken over`,
		value,
		unit: 'share',
		target: '100%',
		rating: byShare(value, [1, 0.75, 0.5]),
		evidence: facts.of('role.handed_off', 'handoff.item_acknowledged').map(({ seq }) => seq)
	});
}
