import { measure, notApplicable, type Dimension, type Rating } from '../dimension.ts';
import type { Facts } from '../facts.ts';
import { impactOf, type Impact } from '../impact.ts';
import { bySteps } from '../rating.ts';

/** Impact minutes and what they cost by the scenario's rates, held against the twin in which nobody acts. */
export function impact(facts: Facts): Dimension {
	const found = impactOf(facts);
	if (!found) return notApplicable('impact', 'No impact on customers is recorded.');
	const none = found.twins.find(({ twin }) => twin === 'none');
	const reference = found.twins.find(({ twin }) => twin === 'reference');
	const minutes = found.affectedMinutes;
	return measure('impact', {
		measured: `${minutes.toFixed(1)} impact minutes${found.money ? `, ${money(found.money)}` : ''}`,
		value: minutes,
		unit: 'minutes',
		target: none
			? `${none.impactMinutes.toFixed(1)} if nobody acts${reference ? `, ${reference.impactMinutes.toFixed(1)} in the reference run` : ''}`
			: '',
		rating: none
			? rate(minutes, none.impactMinutes, reference?.impactMinutes ?? 0)
			: minutes === 0 && facts.truth
				? 'P'
				: null,
		evidence: [...found.evidence, none?.seq, reference?.seq],
		note: found.money ? `Money by the scenario's assumption: ${found.money.assumption}` : ''
	});
}

/** Where this run lies between the reference (0) and nobody acting (1). */
function rate(minutes: number, none: number, reference: number): Rating {
	const span = none - Math.min(reference, none);
	if (span <= 0) return minutes <= none ? 'P' : 'U';
	return bySteps((minutes - Math.min(reference, none)) / span, [0.25, 0.5, 1]);
}

function money({ currency, total }: NonNullable<Impact['money']>): string {
	return `${currency} ${Math.round(total).toLocaleString('en-GB')}`;
}
