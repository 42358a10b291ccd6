// The scenarios on offer: for the home page, the library and the page of each.

import { refuse } from '../../incident/refusal.ts';
import type { Golden } from '../../lab/golden.ts';
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
		const { scenarios, storage, authored } = muster();
		await authored.ready();
		const compiled = scenarios.find(id);
		if (!compiled) fail(refuse('unknown_id', 'There is no scenario of that name: choose one from the library.'));
		const { scenario, services } = compiled;
		const found = await storage.listIncidents({ search: id, limit: PAST_RUNS });
		const golden = scenarios.reference(id);
		return {
			card: cardOf(compiled),
			objectives: scenario.objectives,
			precedent: scenario.precedent,
			zone: scenario.clock.zone,
			startsAt: compiled.startsAt,
			services: Object.entries(services).map(([name, { kind, about }]) => ({ name, kind, about })),
			references: golden ? [referenceOf(golden.ideal), referenceOf(golden.none)] : [],
			runs: found.filter(({ scenario: of }) => of === id)
		};
	});
}

function referenceOf({ policy, outcome, endedMs, impactMinutes }: Golden['ideal']): ReferenceRun {
	return { policy, resolved: outcome === 'resolved', endedMs, impactMinutes };
}

/** Scenarios that could not be loaded, with the first thing that is wrong with each. */
export function listBrokenScenarios(): BrokenScenario[] {
	return muster().scenarios.broken;
}
