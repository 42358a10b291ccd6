import type { Dimension, DimensionId, Rating } from './dimension.ts';
import type { Expectation } from './expectations.ts';
import { bySteps, fromPoints, RATING_POINTS } from './rating.ts';
import type { WeightGroup } from './weights.ts';

export interface Group {
	id: string;
	name: string;
	weight: number;
	/** 0..100, the mean over its rated dimensions; null where none is rated. */
	score: number | null;
	dimensions: readonly DimensionId[];
}

export interface ObjectiveRating {
	objective: string;
	/** Null where nothing that was measured speaks to it: then it is for the facilitator to say. */
	rating: Rating | null;
	dimensions: DimensionId[];
	evidence: number[];
	note: string;
}

/** Scores by group, and the weighted total over the groups that have one (0..100); null where none has. */
export function rollUp(
	dimensions: readonly Dimension[],
	weights: readonly WeightGroup[]
): { groups: Group[]; total: number | null } {
	const groups = weights.map((group) => ({ ...group, score: meanPoints(pick(dimensions, group.dimensions)) }));
	const scored = groups.filter((group): group is typeof group & { score: number } => group.score !== null);
	const weight = scored.reduce((sum, group) => sum + group.weight, 0);
	const total = weight === 0 ? null : scored.reduce((sum, group) => sum + group.weight * group.score, 0) / weight;
	return { groups, total: total === null ? null : Math.round(total * 10) / 10 };
}

/** What an objective speaks of, told by its words. */
const SUBJECTS: [RegExp, DimensionId[]][] = [
	[/detect|notice|spot/i, ['detection']],
	[/acknowledg|page/i, ['acknowledge']],
	[/declar/i, ['declare']],
	[/severity|triage/i, ['severity']],
	[/\brole|command|\bics\b|coordinat/i, ['roles']],
	[/escalat/i, ['escalation']],
	[/mitigat|roll ?back|restor|contain|stop the/i, ['mitigate', 'impact']],
	[/resolv|reference timeline|beat/i, ['resolve', 'impact']],
	[/update|communicat|customer|stakeholder|status page/i, ['cadence', 'content']],
	[/harm|restart|risk|safe|guess/i, ['actions']],
	[/runbook/i, ['runbook']],
	[/hand ?o(ver|ff)|shift/i, ['handoff']],
	[/verif|watch|confirm/i, ['verification']],
	[/scribe|keep (a|the) (timeline|record)|write .*down/i, ['scribe']],
	[/post-?mortem|five[- ]whys|learn|action/i, ['learning']]
];

/** One rating per objective: by what the scenario expects for it; else the mean of the dimensions that its words name. */
export function rateObjectives(
	objectives: readonly string[],
	dimensions: readonly Dimension[],
	expectations: readonly Expectation[] = []
): ObjectiveRating[] {
	return objectives.map((objective) => {
		const own = expectations.filter((one) => one.objective === objective);
		if (own.length > 0) return byExpectations(objective, own);
		const ids = new Set(SUBJECTS.flatMap(([words, named]) => (words.test(objective) ? named : [])));
		const rated = pick(dimensions, [...ids]).filter(({ rating }) => rating !== null);
		const points = meanPoints(rated);
		return {
			objective,
			rating: points === null ? null : fromPoints(points / 100),
			dimensions: rated.map(({ id }) => id),
			evidence: [...new Set(rated.flatMap(({ evidence }) => evidence))].sort((one, other) => one - other),
			note:
				rated.length === 0
					? 'Nothing measured speaks to this: for the facilitator to judge.'
					: rated.map(({ name, measured }) => `${name}: ${measured}.`).join(' ')
		};
	});
}

/** All of them met: performed without challenges; two of three: with some; fewer: with major ones; none: not. */
function byExpectations(objective: string, own: readonly Expectation[]): ObjectiveRating {
	const missed = own.filter(({ met }) => !met);
	const told = own.map(({ title, met }) => `${met ? '✓' : '✗'} ${title}`).join(' · ');
	return {
		objective,
		rating: missed.length === own.length ? 'U' : bySteps(missed.length / own.length, [0, 1 / 3, 1]),
		dimensions: [],
		evidence: [...new Set(own.flatMap(({ evidence }) => evidence))],
		note: told
	};
}

function pick(dimensions: readonly Dimension[], ids: readonly DimensionId[]): Dimension[] {
	return dimensions.filter(({ id }) => ids.includes(id));
}

function meanPoints(dimensions: readonly Dimension[]): number | null {
	const points = dimensions.flatMap(({ rating }) => (rating === null ? [] : [RATING_POINTS[rating]]));
	return points.length === 0 ? null : (100 * points.reduce((sum, one) => sum + one, 0)) / points.length;
}
