import type { Rating } from '../incident/rating.ts';

/** One thing measured, with the events it stands on. Nothing is a bare number. */
export const DIMENSION_IDS = [
	'signal',
	'detection',
	'acknowledge',
	'declare',
	'severity',
	'roles',
	'escalation',
	'mitigate',
	'resolve',
	'cadence',
	'content',
	'hypotheses',
	'actions',
	'runbook',
	'handoff',
	'verification',
	'impact',
	'scribe',
	'learning'
] as const;
export type DimensionId = (typeof DIMENSION_IDS)[number];

export const DIMENSION_NAMES: Record<DimensionId, string> = {
	signal: 'Signal',
	detection: 'Detection',
	acknowledge: 'Acknowledgement',
	declare: 'Declaration',
	severity: 'Severity',
	roles: 'Roles',
	escalation: 'Escalation',
	mitigate: 'Mitigation',
	resolve: 'Resolution',
	cadence: 'Update cadence',
	content: 'Update content',
	hypotheses: 'Hypotheses',
	actions: 'Harmful and idle actions',
	runbook: 'Runbook',
	handoff: 'Handover',
	verification: 'Verification',
	impact: 'Impact and cost',
	scribe: 'Scribe',
	learning: 'Learning'
};

export { RATING_NAMES, RATINGS, type Rating } from '../incident/rating.ts';

export interface Dimension {
	id: DimensionId;
	name: string;
	/** What was measured, in words. */
	measured: string;
	/** The figure behind it; null where nothing is recorded or it does not apply. */
	value: number | null;
	unit: 'ms' | 'count' | 'share' | 'minutes' | 'levels';
	target: string;
	/** Null for a profile without a pass mark, and where it does not apply or is not recorded. */
	rating: Rating | null;
	applicable: boolean;
	/** Why it does not apply; empty where it does. */
	reason: string;
	/** `seq` of the events it stands on. */
	evidence: number[];
	note: string;
}

type Measured = Pick<Dimension, 'measured' | 'value' | 'unit' | 'target' | 'rating'> &
	Partial<Pick<Dimension, 'note'>> & { evidence?: readonly (number | null | undefined)[] };

/** A dimension that applies. */
export function measure(id: DimensionId, parts: Measured): Dimension {
	const evidence = (parts.evidence ?? []).filter((seq) => seq !== null && seq !== undefined && seq > 0);
	return {
		...parts,
		id,
		name: DIMENSION_NAMES[id],
		applicable: true,
		reason: '',
		note: parts.note ?? '',
		evidence: [...new Set(evidence as number[])].sort((one, other) => one - other)
	};
}

/** A dimension that cannot apply: never a zero. */
export function notApplicable(id: DimensionId, reason: string): Dimension {
	return {
		id,
		name: DIMENSION_NAMES[id],
		measured: 'not applicable',
		value: null,
		unit: 'count',
		target: '',
		rating: null,
		applicable: false,
		reason,
		evidence: [],
		note: ''
	};
}
