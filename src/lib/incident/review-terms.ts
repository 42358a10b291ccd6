import type { Severity, SeverityPolicy } from './severity.ts';

export const DAY_MS = 24 * 3_600_000;

/** How long a review may take, as shipped: days until the post-mortem is published, and until its actions are done. */
export const DEFAULT_REVIEW_TERMS: Record<Severity, { postmortemDays: number; actionDays: number }> = {
	P1: { postmortemDays: 5, actionDays: 7 },
	P2: { postmortemDays: 5, actionDays: 14 },
	P3: { postmortemDays: 10, actionDays: 30 },
	P4: { postmortemDays: 20, actionDays: 60 }
};

/** The terms that an organisation's policy sets for a severity. An incident that nobody classified is held to those of P2. */
export function reviewTerms(
	policy: SeverityPolicy | null,
	severity: Severity | null
): { postmortemDays: number; actionDays: number } {
	const of = severity ?? 'P2';
	const shipped = DEFAULT_REVIEW_TERMS[of];
	const level = policy?.[of];
	return {
		postmortemDays: level?.postmortemDays ?? shipped.postmortemDays,
		actionDays: level?.actionDays ?? shipped.actionDays
	};
}
