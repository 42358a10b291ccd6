import { notApplicable, type Dimension, type DimensionId } from './dimension.ts';
import type { Facts, Instant } from './facts.ts';

/**
 * Refuses to rate how fast people were over a span that was played faster than real time; null where they may be rated.
 */
export function playedTooFast(id: DimensionId, facts: Facts, from: Instant, to: Instant): Dimension | null {
	const speed = facts.fastest(from, to);
	return speed > 1
		? notApplicable(id, `Played at ${speed}× speed: nobody's reaction can be timed over that span.`)
		: null;
}
