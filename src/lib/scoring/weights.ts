import type { DimensionId } from './dimension.ts';

/** A group of dimensions and its share of the one number; organisations may edit their own copy. */
export interface WeightGroup {
	id: string;
	name: string;
	weight: number;
	dimensions: readonly DimensionId[];
}

/** What an organisation may set: the share of each group, by its id. */
export type Weights = Record<string, number>;

/** The groups as shipped, with an organisation's own shares; a group that it does not name keeps its own. */
export function weighted(weights: Weights | null): readonly WeightGroup[] {
	if (weights === null) return DEFAULT_WEIGHTS;
	return DEFAULT_WEIGHTS.map((group) => ({ ...group, weight: weights[group.id] ?? group.weight }));
}

export const DEFAULT_WEIGHTS: readonly WeightGroup[] = [
	{ id: 'outcome', name: 'Outcome', weight: 30, dimensions: ['detection', 'mitigate', 'resolve', 'impact'] },
	{
		id: 'coordination',
		name: 'Coordination',
		weight: 25,
		dimensions: ['acknowledge', 'declare', 'severity', 'roles', 'escalation', 'handoff']
	},
	{ id: 'communication', name: 'Communication', weight: 20, dimensions: ['cadence', 'content'] },
	{ id: 'diagnosis', name: 'Diagnosis and safety', weight: 15, dimensions: ['actions', 'runbook', 'verification'] },
	{ id: 'learning', name: 'Learning', weight: 10, dimensions: ['scribe', 'learning'] }
];
