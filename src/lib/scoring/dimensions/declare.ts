import type { Severity } from '../../incident/severity.ts';
import { measure, notApplicable, type Dimension } from '../dimension.ts';
import type { Facts } from '../facts.ts';
import { playedTooFast } from '../human.ts';
import { byRatio } from '../rating.ts';
import { duration, limit } from '../words.ts';

/** Longest time from the first signal to the declaration; unrated where none is set. */
const TARGET_MS: Partial<Record<Severity, number>> = { P1: 5 * 60_000, P2: 10 * 60_000 };

/** Declaration − first qualifying signal. */
export function declare(facts: Facts): Dimension {
	if (facts.state.stoodDown && !facts.state.declared)
		return notApplicable('declare', 'Stood down: nothing to declare.');
	const signalled = facts.milestone('signalled');
	const declared = facts.milestone('declared');
	const targetMs = facts.severity === null ? null : (TARGET_MS[facts.severity] ?? null);
	const target = targetMs === null ? 'no target at this severity' : `${limit(targetMs)} (${facts.severity})`;
	if (!signalled && !declared) return notApplicable('declare', 'No signal is recorded that called for a declaration.');
	if (!declared) {
		return measure('declare', {
			measured: 'no declaration is recorded',
			value: null,
			unit: 'ms',
			target,
			rating: facts.over && targetMs !== null ? 'U' : null,
			evidence: [signalled?.seq]
		});
	}
	const from = signalled ?? declared;
	const fast = playedTooFast('declare', facts, from, declared);
	if (fast) return fast;
	const value = facts.span('signalled', 'declared') ?? 0;
	return measure('declare', {
		measured: `${duration(value)} ${value < 0 ? 'before' : 'after'} the first signal`,
		value,
		unit: 'ms',
		target,
		rating: targetMs === null ? null : byRatio(value, targetMs),
		evidence: [from.seq, declared.seq],
		note: declared.corrected ? 'The time was corrected in review.' : ''
	});
}
