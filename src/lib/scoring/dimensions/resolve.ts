import { measure, notApplicable, type Dimension } from '../dimension.ts';
import type { Facts } from '../facts.ts';
import { byRatio } from '../rating.ts';
import { duration, limit } from '../words.ts';

/** Resolved − created (the article's time to resolve), and resolved − impact start beside it. */
export function resolve(facts: Facts): Dimension {
	if (facts.state.stoodDown) return notApplicable('resolve', 'Stood down: there was nothing to resolve.');
	const created = facts.milestone('created');
	if (!created) return notApplicable('resolve', 'No incident was created.');
	const targetMs = facts.level?.resolveTargetMs ?? null;
	const target = targetMs === null ? 'no target at this severity' : `${limit(targetMs)} (${facts.severity})`;
	const resolved = facts.milestone('resolved');
	const claimed = facts.milestones.claimed.resolved;
	const early = claimed !== null && resolved === null;
	if (!resolved) {
		return measure('resolve', {
			measured: early ? 'called resolved while customers were affected' : facts.over ? 'not resolved' : 'still open',
			value: null,
			unit: 'ms',
			target,
			rating: facts.over && targetMs !== null ? 'U' : null,
			evidence: [created.seq, claimed?.seq]
		});
	}
	const value = facts.span('created', 'resolved') ?? 0;
	const sinceImpact = facts.span('impactStarted', 'resolved');
	const notes = [
		sinceImpact === null ? '' : `${duration(sinceImpact)} after impact began.`,
		claimed && claimed.at < resolved.at ? `Called resolved ${duration(resolved.at - claimed.at)} too early.` : '',
		resolved.corrected || created.corrected ? 'The time was corrected in review.' : ''
	];
	return measure('resolve', {
		measured: `${duration(value)} after the incident was created`,
		value,
		unit: 'ms',
		target,
		rating: targetMs === null ? null : byRatio(value, targetMs),
		evidence: [created.seq, resolved.seq, claimed?.seq],
		note: notes.filter((part) => part !== '').join(' ')
	});
}
