import { measure, notApplicable, type Dimension } from '../dimension.ts';
import { elapsed, instantOf, type Facts } from '../facts.ts';
import { byShare } from '../rating.ts';
import { limit } from '../words.ts';

/** The recovery must have held this long before it is called resolved. */
const HOLD_MS = 3 * 60_000;

/** Whether recovery was watched and had held when the incident was called resolved, and whether it stayed so. */
export function verification(facts: Facts): Dimension {
	const resolutions = facts.of('status.changed').filter(({ payload }) => payload.to === 'resolved');
	const first = resolutions[0];
	if (!first) return notApplicable('verification', 'It was not called resolved.');
	const mitigated = facts.milestone('mitigated');
	const looks = facts
		.of('telemetry.viewed', 'evidence.pinned', 'diagnostic.started')
		.filter(({ occurredAt }) => occurredAt <= first.occurredAt && (!mitigated || occurredAt >= mitigated.at));
	const words = (first.payload.verification ?? '').trim();
	const heldMs = mitigated ? elapsed(mitigated, instantOf(first)) : null;
	const checks: [string, boolean][] = [
		['what was watched is written down', words !== ''],
		['it stayed resolved', facts.of('incident.reopened').length === 0]
	];
	// Where tools are Muster's own it is known whether anybody looked; elsewhere their word is what there is.
	if (facts.truth) checks.push(['somebody watched after recovery', looks.length > 0]);
	if (facts.truth || heldMs !== null)
		checks.push([`recovery had held for ${limit(HOLD_MS)}`, heldMs !== null && heldMs >= HOLD_MS]);
	const met = checks.filter(([, holds]) => holds).length;
	const missing = checks.filter(([, holds]) => !holds).map(([what]) => what);
	return measure('verification', {
		measured: `${met} of ${checks.length} checks met`,
		value: met / checks.length,
		unit: 'share',
		target: `watched, and held for ${limit(HOLD_MS)} before resolving`,
		rating: byShare(met / checks.length, [1, 0.7, 0.4]),
		evidence: [...looks, ...resolutions, ...facts.of('incident.reopened')].map(({ seq }) => seq),
		note: missing.length === 0 ? '' : `Not recorded: ${missing.join('; ')}.`
	});
}
