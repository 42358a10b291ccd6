/**
 * Milestones of an incident. Each is kept twice: as people claimed it, and as the truth had it.
 * Fold in `milestones.ts`; this file only names them.
 */
export const MILESTONES = [
	'impactStarted',
	'alertFired',
	'signalled',
	'acknowledged',
	'recognised',
	'created',
	'declared',
	'identified',
	'mitigated',
	'resolved'
] as const;
export type Milestone = (typeof MILESTONES)[number];
