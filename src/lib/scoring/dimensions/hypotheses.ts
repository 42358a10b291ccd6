import type { HypothesisState } from '../../incident/state.ts';
import { measure, notApplicable, type Dimension } from '../dimension.ts';
import type { Facts } from '../facts.ts';
import { duration, plural } from '../words.ts';

/**
 * Time to the cause that was confirmed and stood, how many were weighed, how many ruled out by evidence, and how well
 * stated confidence matched (Brier 1950: mean of (confidence − outcome)², 0 is perfect, 0.25 a coin). A profile: no mark.
 */
export function hypotheses(facts: Facts): Dimension {
	const all = facts.state.hypotheses;
	if (all.length === 0) return notApplicable('hypotheses', 'No hypothesis is recorded.');
	const settled = facts.of('hypothesis.confirmed', 'hypothesis.ruled_out');
	const found = facts
		.of('hypothesis.confirmed')
		.findLast(({ payload }) => verdictOf(all, payload.hypothesisId) === 'confirmed');
	const from = facts.milestone('impactStarted') ?? facts.milestone('signalled') ?? facts.milestone('created');
	const value =
		found && from
			? found.simMs !== null && from.simMs !== null
				? found.simMs - from.simMs
				: found.occurredAt - from.at
			: null;
	const out = all.filter(({ verdict }) => verdict?.kind === 'ruled_out');
	const byEvidence = out.filter(({ verdict, links }) => verdict?.evidenceId || links.some(({ supports }) => !supports));
	const brier = brierScore(all);
	const parts = [
		value === null ? 'no cause confirmed' : `cause confirmed after ${duration(value)}`,
		`${distinct(all)} weighed`,
		`${out.length} ruled out, ${byEvidence.length} by evidence`
	];
	return measure('hypotheses', {
		measured: parts.join(', '),
		value,
		unit: 'ms',
		target: 'a profile, no pass mark',
		rating: null,
		evidence: [...facts.of('hypothesis.proposed').map(({ seq }) => seq), ...settled.map(({ seq }) => seq)],
		note:
			brier === null
				? ''
				: `Brier score ${brier.score.toFixed(2)} over ${plural(brier.count, 'settled hypothesis', 'settled hypotheses')}: 0 is perfect, 0.25 is guessing.`
	});
}

/** Calibration over the hypotheses that people settled; null where none is. */
export function brierScore(all: readonly HypothesisState[]): { score: number; count: number } | null {
	const settled = all.filter(({ verdict }) => verdict !== null);
	if (settled.length === 0) return null;
	const sum = settled.reduce(
		(total, { confidence, verdict }) => total + (confidence - (verdict?.kind === 'confirmed' ? 1 : 0)) ** 2,
		0
	);
	return { score: sum / settled.length, count: settled.length };
}

/** The same thought written twice is one. */
function distinct(all: readonly HypothesisState[]): number {
	return new Set(
		all.map(({ text }) =>
			text
				.toLowerCase()
				.replace(/[^\p{L}\p{N}]+/gu, ' ')
				.trim()
		)
	).size;
}

function verdictOf(all: readonly HypothesisState[], id: string): string | undefined {
	return all.find(({ hypothesisId }) => hypothesisId === id)?.verdict?.kind;
}
