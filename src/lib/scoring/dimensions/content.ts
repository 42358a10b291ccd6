import { measure, notApplicable, type Dimension } from '../dimension.ts';
import type { Facts } from '../facts.ts';
import { affectedAt } from '../impact.ts';
import { byShare } from '../rating.ts';
import { percent, plural } from '../words.ts';
import { publicUpdates } from './cadence.ts';

/** Words that promise when it will be over. When the next update comes is no such promise. */
const ESTIMATE =
	/\beta\b|\b(?:in|within|another)\s+(?:about|around|approximately|the next|~)?\s*\d+\s*(?:m|min|minutes?|h|hours?)\b|\bby\s+\d{1,2}[:.]\d{2}\b|\b(?:fixed|restored|back|resolved)\s+(?:soon|shortly)\b/i;
const NEXT_UPDATE = /[^.;]*\bnext update\b[^.;]*[.;]?/gi;
/** Shorter than this says nothing. */
const LEAST = 8;

/** State, impact, what is being done, next time; no estimate before a cause was found or a mitigation carried out. */
export function content(facts: Facts): Dimension {
	const updates = publicUpdates(facts);
	if (updates.length === 0) return notApplicable('content', 'No public update is recorded.');
	const known = Math.min(
		...facts.of('hypothesis.confirmed', 'mitigation.finished').map(({ occurredAt }) => occurredAt),
		Number.POSITIVE_INFINITY
	);
	const failed = { state: 0, impact: 0, action: 0, next: 0, estimate: 0 };
	for (const { payload, occurredAt } of updates) {
		const over = payload.state === 'resolved' || payload.state === 'closed';
		if (over && affectedAt(facts, occurredAt)) failed.state += 1;
		if (payload.impact.trim().length < LEAST) failed.impact += 1;
		if (payload.action.trim().length < LEAST) failed.action += 1;
		if (payload.nextUpdateAt === null && !over) failed.next += 1;
		const text = `${payload.impact}. ${payload.action}`.replace(NEXT_UPDATE, '');
		if (occurredAt < known && ESTIMATE.test(text)) failed.estimate += 1;
	}
	const checks = updates.length * Object.keys(failed).length;
	const value = (checks - Object.values(failed).reduce((sum, one) => sum + one, 0)) / checks;
	const missing = [
		failed.state > 0 ? `called resolved while customers were affected in ${failed.state}` : '',
		failed.impact > 0 ? `impact missing in ${failed.impact}` : '',
		failed.action > 0 ? `action missing in ${failed.action}` : '',
		failed.next > 0 ? `next time missing in ${failed.next}` : '',
		failed.estimate > 0 ? `an estimate without evidence in ${failed.estimate}` : ''
	].filter((part) => part !== '');
	return measure('content', {
		measured: `${percent(value)} of the checklist in ${plural(updates.length, 'update')}`,
		value,
		unit: 'share',
		target: 'state, impact, action, next time; no estimate without evidence',
		rating: byShare(value),
		evidence: updates.map(({ seq }) => seq),
		note: missing.length === 0 ? '' : `Of ${plural(updates.length, 'update')}: ${missing.join(', ')}.`
	});
}
