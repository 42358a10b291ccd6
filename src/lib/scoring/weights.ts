import type { DimensionId } from './dimension.ts';

/** A group of dimensions and its share of the one number; organisations may edit their own copy. */
export interface WeightGroup {
	id: string;
	name: string;
	weight: number;
	dimensions: readonly DimensionId[];
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
