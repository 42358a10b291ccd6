import { measure, notApplicable, type Dimension } from '../dimension.ts';
import type { Facts } from '../facts.ts';
import { byRatio } from '../rating.ts';
import { duration, inherited, limit } from '../words.ts';

/** Mitigated − impact start, held against half of the resolve target; beside it mitigated − declared. */
export function mitigate(facts: Facts): Dimension {
	const impact = facts.milestone('impactStarted');
	if (!impact) return notApplicable('mitigate', 'No impact on customers is recorded to end.');
	const resolveMs = facts.level?.resolveTargetMs ?? null;
	const target = resolveMs === null ? 'no target at this severity' : `${limit(resolveMs / 2)} from impact`;
	const mitigated = facts.milestone('mitigated');
	if (!mitigated) {
		return measure('mitigate', {
			measured: facts.truth ? 'customers were affected to the end' : 'not recorded',
			value: null,
			unit: 'ms',
			target,
			rating: facts.truth && facts.over ? 'U' : null,
			evidence: [impact.seq]
		});
	}
	const value = facts.sinceImpact('mitigated') ?? 0;
	const sinceDeclared = facts.span('declared', 'mitigated');
	const claimed = facts.milestones.claimed.mitigated;
	const notes = [
		inherited(facts),
		sinceDeclared === null ? '' : `${duration(sinceDeclared)} ${sinceDeclared < 0 ? 'before' : 'after'} declaring.`,
		claimed && claimed.at < mitigated.at ? `Called ${duration(mitigated.at - claimed.at)} before it was so.` : ''
	];
	return measure('mitigate', {
		measured: `${duration(value)} after ${facts.inheritedMs > 0 ? 'the run' : 'impact'} began`,
		value,
		unit: 'ms',
		target,
		rating: resolveMs === null ? null : byRatio(value, resolveMs / 2),
		evidence: [impact.seq, mitigated.seq, claimed?.seq],
		note: notes.filter((part) => part !== '').join(' ')
	});
}
