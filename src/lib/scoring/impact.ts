import type { Facts } from './facts.ts';
import { elapsed, instantOf } from './facts.ts';

export interface Impact {
	/** ∫ share of users affected dt, in minutes. */
	affectedMinutes: number;
	/** Time during which any SLI was out of its objective, in minutes; null where none is measured. */
	breachMinutes: number | null;
	/** By the scenario's rates, as an assumption and not as a fact; null where it has none. */
	money: { currency: string; sales: number; productivity: number; total: number; assumption: string } | null;
	/** Other runs of the same scenario and seed, re-simulated: impact minutes. */
	twins: {
		twin: 'none' | 'reference' | 'without';
		label: string;
		attemptId: string | null;
		impactMinutes: number;
		seq: number;
	}[];
	evidence: number[];
}

/** Exact integral over the entries of the log: each share holds until the next. Null where the log knows of no impact, or not of how much. */
export function impactOf(facts: Facts): Impact | null {
	const entries = facts.of('impact.started', 'impact.changed', 'impact.ended');
	if (entries.length === 0 && !facts.truth) return null;
	// An import may know that customers suffered and not how many: nothing can be summed then.
	if (entries.some((entry) => entry.type === 'impact.started' && entry.payload.assumed)) return null;
	let affectedMinutes = 0;
	entries.forEach((entry, index) => {
		const share = entry.type === 'impact.ended' ? 0 : entry.payload.share;
		const next = entries[index + 1];
		const until = next ? instantOf(next) : facts.end;
		affectedMinutes += (share * Math.max(0, elapsed(instantOf(entry), until))) / 60_000;
	});
	return {
		affectedMinutes,
		breachMinutes: breachMinutes(facts),
		money: moneyOf(affectedMinutes, facts),
		twins: facts.of('twin.computed').map(({ seq, payload: { twin, label, attemptId, impactMinutes } }) => ({
			twin,
			label,
			attemptId,
			impactMinutes,
			seq
		})),
		evidence: entries.map(({ seq }) => seq)
	};
}

function moneyOf(affectedMinutes: number, { truth }: Facts): Impact['money'] {
	const cost = truth?.cost;
	if (!cost) return null;
	const sales = affectedMinutes * cost.perMinuteAtFullImpact;
	const productivity = (affectedMinutes / 60) * cost.productivityPerHour;
	return { currency: cost.currency, sales, productivity, total: sales + productivity, assumption: cost.assumption };
}

function breachMinutes(facts: Facts): number | null {
	const entries = facts.of('sli.breached', 'sli.restored');
	if (entries.length === 0) return null;
	const out = new Set<string>();
	let ms = 0;
	entries.forEach((entry, index) => {
		if (entry.type === 'sli.breached') out.add(entry.payload.sli);
		else out.delete(entry.payload.sli);
		const next = entries[index + 1];
		if (out.size > 0) ms += Math.max(0, elapsed(instantOf(entry), next ? instantOf(next) : facts.end));
	});
	return ms / 60_000;
}

/** Whether customers were affected at a moment of incident time, as far as the log knows. */
export function affectedAt(facts: Facts, at: number): boolean {
	const last = facts
		.of('impact.started', 'impact.changed', 'impact.ended')
		.findLast(({ occurredAt }) => occurredAt <= at);
	return last !== undefined && last.type !== 'impact.ended' && last.payload.share > 0;
}
