// Everything that can be played here: what is shipped, and what was written in the studio.

import type { Golden } from '../../lab/golden.ts';
import type { ScenarioCard } from '../../protocol/messages.ts';
import type { VariantChoice } from '../../protocol/variants.ts';
import type { CompiledScenario } from '../../scenario/library.ts';
import type { Files } from '../../scenario/load.ts';
import { variantOffers } from '../../scenario/variants.ts';
import type { BrokenScenario } from '../pages/types.ts';
import type { Authored } from '../studio/authored.ts';
import { byEase, cardOf, type ScenarioRegistry } from './registry.ts';

/** Marks what was written here among what is shipped. */
export const OWN_TAG = 'made here';

export class Offer implements ScenarioRegistry {
	readonly #shipped: ScenarioRegistry;
	readonly #authored: Pick<Authored, 'all' | 'find'>;

	constructor(shipped: ScenarioRegistry, authored: Pick<Authored, 'all' | 'find'>) {
		this.#shipped = shipped;
		this.#authored = authored;
	}

	get cards(): ScenarioCard[] {
		// A later release may ship a name that was free when somebody took it: the shipped one has it then.
		const own = this.#authored.all.filter(({ scenario }) => !this.#shipped.find(scenario.id)).map(ownCard);
		return own.length === 0 ? this.#shipped.cards : [...this.#shipped.cards, ...own].sort(byEase);
	}

	get broken(): BrokenScenario[] {
		return this.#shipped.broken;
	}

	find(id: string): CompiledScenario | null {
		return this.#shipped.find(id) ?? this.#authored.find(id);
	}

	reference(id: string): Golden | null {
		return this.#shipped.reference(id);
	}

	variants(id: string): VariantChoice[] {
		const own = this.#shipped.find(id) ? null : this.#authored.find(id);
		return own ? variantOffers(own) : this.#shipped.variants(id);
	}

	source(id: string): { files: Files; topologies: Files } | null {
		return this.#shipped.source?.(id) ?? null;
	}
}

/** Only what is shipped stands on the home page as a way to begin. */
function ownCard(compiled: CompiledScenario): ScenarioCard {
	const card = cardOf(compiled);
	return { ...card, tags: [OWN_TAG, ...card.tags.filter((tag) => tag !== 'featured')] };
}
