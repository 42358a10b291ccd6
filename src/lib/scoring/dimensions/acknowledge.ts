import { measure, notApplicable, type Dimension } from '../dimension.ts';
import type { Facts } from '../facts.ts';
import { playedTooFast } from '../human.ts';
import { byRatio } from '../rating.ts';
import { duration, limit } from '../words.ts';

/** First acknowledgement − first alert, held against the response time of the severity. */
export function acknowledge(facts: Facts): Dimension {
	const alert = facts.milestone('alertFired');
	if (!alert) return notApplicable('acknowledge', 'No alert fired.');
	const { level } = facts;
	const target = level === null ? '' : `${limit(level.responseMs)} (${level.severity})`;
	const acknowledged = facts.milestone('acknowledged');
	if (!acknowledged) {
		const waited = facts.over || (level !== null && facts.end.at - alert.at > level.responseMs);
		return measure('acknowledge', {
			measured: 'no acknowledgement is recorded',
			value: null,
			unit: 'ms',
			target,
			rating: waited ? 'U' : null,
			evidence: [alert.seq]
		});
	}
	const fast = playedTooFast('acknowledge', facts, alert, acknowledged);
	if (fast) return fast;
	const value = facts.span('alertFired', 'acknowledged') ?? 0;
	const { alerts } = facts.state;
	const answered = alerts.filter((one) => one.acknowledged !== null).length;
	return measure('acknowledge', {
		measured: `${duration(value)} after the alert`,
		value,
		unit: 'ms',
		target,
		rating: level === null ? null : byRatio(value, level.responseMs),
		evidence: [alert.seq, acknowledged.seq],
		note: `${answered} of ${alerts.length} alerts acknowledged.${acknowledged.corrected ? ' The time was corrected in review.' : ''}`
	});
}
