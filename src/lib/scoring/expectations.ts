import type { JudgedExpectation } from '../incident/events/truth-events.ts';
import type { Facts } from './facts.ts';

/** What a scenario expected of the response, and whether it was so. Incident times. */
export interface Expectation extends JudgedExpectation {
	/** Numbers of the events that show it. */
	evidence: number[];
}

/** As they were judged when the run ended; empty while it runs, and in a real incident. */
export function expectationsOf(facts: Facts): Expectation[] {
	const [judged] = facts.of('expectations.judged');
	if (!judged) return [];
	return judged.payload.expectations.map((one) => ({ ...one, evidence: at(facts, one.at) }));
}

/** What people did or said at the moment at which it was first met. */
function at({ events }: Facts, met: number | null): number[] {
	if (met === null) return [];
	const then = events.findLast(
		({ occurredAt, audience, actor }) =>
			occurredAt <= met && met - occurredAt < 1000 && audience.kind !== 'truth' && actor.kind === 'participant'
	);
	return then ? [then.seq] : [];
}
