import { measure, notApplicable, type Dimension } from '../dimension.ts';
import { elapsed, instantOf, type Facts } from '../facts.ts';
import { playedTooFast } from '../human.ts';
import { byRatio, bySteps } from '../rating.ts';
import { duration, limit } from '../words.ts';

const MINUTE = 60_000;

/** First page beyond the primary − declaration, where one was needed: by severity, by the truth, or because it took long. */
export function escalation(facts: Facts): Dimension {
	const declared = facts.milestone('declared');
	const { level, truth } = facts;
	if (!declared || level === null) return notApplicable('escalation', 'No declaration is recorded to count from.');
	const worked = elapsed(declared, facts.milestone('mitigated') ?? facts.end);
	const atOnce = level.escalationMs === 0;
	if (!atOnce && !truth?.expected.escalationNeeded && worked <= level.escalationMs) {
		return notApplicable('escalation', 'Nobody beyond the primary was needed.');
	}
	const first = facts
		.of('escalated', 'page.delivered')
		.find((event) => event.type === 'escalated' || event.payload.to !== 'primary');
	const target = atOnce ? 'at once' : limit(level.escalationMs);
	if (!first) {
		return measure('escalation', {
			measured: 'no escalation is recorded',
			value: null,
			unit: 'ms',
			target,
			rating: 'U',
			evidence: [declared.seq]
		});
	}
	const fast = playedTooFast('escalation', facts, declared, instantOf(first));
	if (fast) return fast;
	const value = Math.max(0, elapsed(declared, instantOf(first)));
	return measure('escalation', {
		measured: value === 0 ? 'with the declaration' : `${duration(value)} after declaring`,
		value,
		unit: 'ms',
		target,
		rating: atOnce ? bySteps(value, [MINUTE, 5 * MINUTE, 15 * MINUTE]) : byRatio(value, level.escalationMs),
		evidence: [declared.seq, first.seq]
	});
}
