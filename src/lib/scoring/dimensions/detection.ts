import { measure, notApplicable, type Dimension } from '../dimension.ts';
import type { Facts } from '../facts.ts';
import { playedTooFast } from '../human.ts';
import { byRatio } from '../rating.ts';
import { duration, inherited, limit } from '../words.ts';

/** First acknowledgement or declaration by a person − impact start, held against signal + response time. */
export function detection(facts: Facts): Dimension {
	const impact = facts.milestone('impactStarted');
	if (!impact) return notApplicable('detection', 'No impact on customers is recorded to count from.');
	const { level } = facts;
	const sinceImpact = Math.max(0, facts.sinceImpact('signalled') ?? 0);
	const targetMs = level === null ? null : sinceImpact + level.responseMs;
	const target = targetMs === null ? '' : `${limit(targetMs)} from impact (signal + response time)`;
	const recognised = facts.milestone('recognised');
	if (!recognised) {
		return measure('detection', {
			measured: 'no acknowledgement or declaration is recorded',
			value: null,
			unit: 'ms',
			target,
			rating: facts.over ? 'U' : null,
			evidence: [impact.seq]
		});
	}
	const fast = playedTooFast('detection', facts, impact, recognised);
	if (fast) return fast;
	const value = facts.sinceImpact('recognised') ?? 0;
	const began = facts.inheritedMs > 0 ? 'the run' : 'impact';
	return measure('detection', {
		measured: `${duration(value)} ${value < 0 ? 'before' : 'after'} ${began} began`,
		value,
		unit: 'ms',
		target,
		rating: targetMs === null ? null : byRatio(value, targetMs),
		evidence: [impact.seq, recognised.seq],
		note: [inherited(facts), clocks(facts, recognised.corrected)].filter((part) => part !== '').join(' ')
	});
}

/** Two clocks ran: one until anything could be noticed, a property of the rules and of luck, and one until somebody did. */
function clocks(facts: Facts, corrected: boolean): string {
	const signal = facts.sinceImpact('signalled');
	const since = facts.span('signalled', 'recognised');
	const named =
		signal === null || since === null
			? ''
			: `First signal ${duration(signal)} ${signal < 0 ? 'before' : 'after'} ${facts.inheritedMs > 0 ? 'the begin' : 'impact'}; recognised ${duration(since)} ${since < 0 ? 'before' : 'after'} that signal.`;
	return [named, corrected ? 'The time was corrected in review.' : ''].filter((part) => part !== '').join(' ');
}
