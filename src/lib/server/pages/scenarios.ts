// The scenarios on offer, for the home page.

import type { ScenarioCard } from '../../protocol/messages.ts';
import { muster } from '../muster.ts';
import type { BrokenScenario } from './types.ts';

/** Cards in the order to show them. */
export function listScenarios(): ScenarioCard[] {
	return muster().scenarios.cards;
}

/** Scenarios that could not be loaded, with the first thing that is wrong with each. */
export function listBrokenScenarios(): BrokenScenario[] {
	return muster().scenarios.broken;
}
