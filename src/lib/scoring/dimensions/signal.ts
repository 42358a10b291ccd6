import { measure, notApplicable, type Dimension } from '../dimension.ts';
import type { Facts } from '../facts.ts';
import { duration } from '../words.ts';

const NOTICED = { alert: 'by an alert', staff: 'by staff', customer: 'by a customer' } as const;

/** First delivered page or human report − impact start. A property of the rules and of luck: nobody is rated by it. */
export function signal(facts: Facts): Dimension {
	const impact = facts.milestone('impactStarted');
	const first = facts.milestone('signalled');
	if (!impact) return notApplicable('signal', 'No impact on customers is recorded to count from.');
	const target = '10 min before customer impact on slow burns; 95% found by alerts';
	if (!first)
		return measure('signal', {
			measured: 'no page or report is recorded',
			value: null,
			unit: 'ms',
			target,
			rating: null
		});
	const value = facts.span('impactStarted', 'signalled') ?? 0;
	const by = facts.milestones.detectedBy;
	const when = `${duration(value)} ${value < 0 ? 'before' : 'after'} impact began`;
	return measure('signal', {
		measured: by === null ? when : `${when}, ${NOTICED[by]}`,
		value,
		unit: 'ms',
		target,
		rating: null,
		evidence: [impact.seq, first.seq],
		note: 'A property of the alert rules, not of people.'
	});
}
