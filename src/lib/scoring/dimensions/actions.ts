import { measure, notApplicable, type Dimension, type Rating } from '../dimension.ts';
import type { Facts } from '../facts.ts';
import { impactOf } from '../impact.ts';

/** Harmful and idle mitigations, and the impact minutes each added against a twin run without it. */
export function actions(facts: Facts): Dimension {
	const tried = facts.of('mitigation.started');
	if (tried.length === 0) return notApplicable('actions', 'No mitigation was tried.');
	const judged = facts.of('mitigation.judged');
	if (judged.length === 0) return notApplicable('actions', 'Nobody recorded whether the mitigations helped.');
	const of = (verdict: string) => judged.filter(({ payload }) => payload.verdict === verdict);
	const [harmful, idle] = [of('harmful'), of('ineffective')];
	const told = [...harmful, ...idle.filter(({ payload }) => costs(payload.attemptId, facts))].map(({ payload }) =>
		describe(payload.attemptId, facts)
	);
	return measure('actions', {
		measured: `${harmful.length} harmful, ${idle.length} without effect, of ${tried.length} tried`,
		value: harmful.length,
		unit: 'count',
		target: '0 harmful',
		rating: rate(harmful.length, idle.length),
		evidence: [...tried, ...judged].map(({ seq }) => seq),
		note: told.length === 0 ? '' : `${told.join('; ')}.`
	});
}

/** The action, the document it came from, and what it cost. */
function describe(attemptId: string, facts: Facts): string {
	const attempt = facts.state.mitigations.find((one) => one.attemptId === attemptId);
	const runbook = facts.state.runbooks.find((one) => one.runbookId === attempt?.runbookId);
	const minutes = addedMinutes(attemptId, facts);
	return [
		attempt?.name ?? 'An action',
		runbook ? `, as runbook "${runbook.name}" says` : '',
		minutes === null ? '' : `, ${minutes < 0 ? '−' : '+'}${Math.abs(minutes).toFixed(1)} impact minutes`
	].join('');
}

/** Impact minutes of this run beyond those of the same run without the action; null where no twin was run. */
export function addedMinutes(attemptId: string, facts: Facts): number | null {
	const twin = facts
		.of('twin.computed')
		.find(({ payload }) => payload.twin === 'without' && payload.attemptId === attemptId);
	const impact = impactOf(facts);
	return twin && impact ? impact.affectedMinutes - twin.payload.impactMinutes : null;
}

/** Whether an idle action is worth a word: it held up what helped, or spared something. */
function costs(attemptId: string, facts: Facts): boolean {
	return Math.abs(addedMinutes(attemptId, facts) ?? 0) >= 0.05;
}

function rate(harmful: number, idle: number): Rating {
	if (harmful === 0) return idle <= 1 ? 'P' : 'S';
	return harmful === 1 ? 'M' : 'U';
}
