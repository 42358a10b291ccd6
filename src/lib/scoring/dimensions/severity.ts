import { SEVERITIES, type Severity } from '../../incident/severity.ts';
import { measure, notApplicable, type Dimension, type Rating } from '../dimension.ts';
import { elapsed, instantOf, type Facts } from '../facts.ts';
import { duration } from '../words.ts';

/** An under-triage put right within this time is some challenge, not a major one. */
const RIGHTED_IN_TIME_MS = 10 * 60_000;

/**
 * Signed error at declaration in levels (positive: too low), and the time until it was right. Too low costs; one level
 * too high does not.
 */
export function severity(facts: Facts): Dimension {
	const { truth } = facts;
	if (!truth) return notApplicable('severity', 'The right severity is not recorded.');
	const declared = facts.of('incident.declared')[0];
	if (!declared) return notApplicable('severity', 'No severity was declared.');
	const error = levelsTooLow(declared.payload.severity, truth.severity, truth.severityMayBeHigher);
	const changes = facts.of('severity.changed');
	const righted =
		error === 0
			? declared
			: changes.find(({ payload }) => levelsTooLow(payload.to, truth.severity, truth.severityMayBeHigher) === 0);
	const rightedMs = righted ? elapsed(instantOf(declared), instantOf(righted)) : null;
	return measure('severity', {
		measured: words(declared.payload.severity, error, rightedMs),
		value: error,
		unit: 'levels',
		target: truth.severityMayBeHigher ? `${truth.severity}, or one above` : truth.severity,
		rating: rate(error, rightedMs),
		evidence: [declared.seq, ...changes.map(({ seq }) => seq)]
	});
}

function levelsTooLow(given: Severity, right: Severity, mayBeHigher: boolean): number {
	const error = SEVERITIES.indexOf(given) - SEVERITIES.indexOf(right);
	return mayBeHigher && error === -1 ? 0 : error;
}

function rate(error: number, rightedMs: number | null): Rating {
	if (error === 0 || error === -1) return 'P';
	if (error < 0) return 'S';
	const soon = rightedMs !== null && rightedMs <= RIGHTED_IN_TIME_MS;
	if (error === 1) return soon ? 'S' : 'M';
	return rightedMs === null ? 'U' : 'M';
}

function words(given: Severity, error: number, rightedMs: number | null): string {
	if (error === 0) return `${given} at declaration, right first time`;
	const by = `${given} at declaration, ${Math.abs(error)} too ${error > 0 ? 'low' : 'high'}`;
	return rightedMs === null ? `${by}, not put right` : `${by}, right after ${duration(rightedMs)}`;
}
