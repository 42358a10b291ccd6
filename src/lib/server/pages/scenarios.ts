// The scenarios on offer: for the home page, the library and the page of each.

import { refuse } from '../../incident/refusal.ts';
import type { CompactRun, Golden } from '../../lab/golden.ts';
import type { ScenarioCard } from '../../protocol/messages.ts';
import { muster } from '../muster.ts';
import { cardOf } from '../scenarios/registry.ts';
import { fail, load } from './found.ts';
import type { BrokenScenario, ReferenceRun, ScenarioPage } from './types.ts';

/** Cards in the order to show them. */
export function listScenarios(): ScenarioCard[] {
	return muster().scenarios.cards;
}

/** Those to begin with, and how many there are in all. */
export function listFeatured(): { scenarios: ScenarioCard[]; inAll: number } {
	const { cards } = muster().scenarios;
	const featured = cards.filter(({ tags }) => tags.includes('featured'));
	return { scenarios: featured.length > 0 ? featured : cards.slice(0, 3), inAll: cards.length };
}

const PAST_RUNS = 20;

/** What may be read of a scenario before it is played, and how it went when it was. */
export function loadScenarioPage(id: string): Promise<ScenarioPage> {
	return load(async () => {
		const { scenarios, shipped, storage, authored } = muster();
		await authored.ready();
		const compiled = scenarios.find(id);
		if (!compiled) fail(refuse('unknown_id', 'There is no scenario of that name: choose one from the library.'));
		const { scenario, services } = compiled;
		const found = await storage.listIncidents({ search: id, limit: PAST_RUNS });
		const golden = scenarios.reference(id);
		return {
			card: cardOf(compiled, golden),
			shipped: shipped.find(id) !== null,
			objectives: scenario.objectives,
			precedent: scenario.precedent,
			zone: scenario.clock.zone,
			startsAt: compiled.startsAt,
			services: Object.entries(services).map(([name, { kind, about }]) => ({ name, kind, about })),
			references: golden ? referencesOf(golden) : [],
			ease: golden?.difficulty?.ease ?? null,
			variants: scenarios.variants(id),
			runs: found.filter(({ scenario: of }) => of === id)
		};
	});
}

/** A row for each player. */
function referencesOf({ ideal, none, trainees }: Golden): ReferenceRun[] {
	return [
		referenceOf('ideal', [ideal]),
		...Object.entries(trainees ?? {}).map(([policy, runs]) => referenceOf(policy, runs)),
		referenceOf('none', [none])
	];
}

type Kept = Omit<CompactRun, 'harm'> & Partial<Pick<CompactRun, 'harm'>>;

function referenceOf(policy: string, runs: readonly Kept[]): ReferenceRun {
	const mean = (of: (run: Kept) => number | null | undefined): number | null => {
		const values = runs.map(of).filter((value) => typeof value === 'number');
		return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
	};
	return {
		policy,
		runs: runs.length,
		resolved: runs.filter(({ outcome }) => outcome === 'resolved').length,
		mitigatedMs: mean(({ milestones }) => milestones.mitigatedMs),
		endedMs: mean(({ endedMs }) => endedMs) ?? 0,
		impactMinutes: mean(({ impactMinutes }) => impactMinutes) ?? 0,
		score: mean(({ score }) => score),
		harms: mean(({ harm }) => harm?.length ?? 0) ?? 0
	};
}

/** Scenarios that could not be loaded, with the first thing that is wrong with each. */
export function listBrokenScenarios(): BrokenScenario[] {
	return muster().scenarios.broken;
}
