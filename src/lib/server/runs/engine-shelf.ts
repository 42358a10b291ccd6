// Engines that are in use, or were lately: their memos are worth keeping while somebody plays.

import type { Engine } from '../../engine/types.ts';
import type { CompiledScenario } from '../../scenario/library.ts';

const MOST_IDLE = 4;

/** Makes an engine for a scenario and seed, or gives the one that was made last for the same. */
export function shelveEngines(
	make: (compiled: CompiledScenario, seed: string) => Engine
): (compiled: CompiledScenario, seed: string) => Engine {
	const shelf = new Map<string, Engine>();
	return (compiled, seed) => {
		const key = `${compiled.contentHash} ${seed}`;
		const engine = shelf.get(key) ?? make(compiled, seed);
		shelf.delete(key);
		shelf.set(key, engine);
		for (const oldest of shelf.keys()) if (shelf.size > MOST_IDLE) shelf.delete(oldest);
		return engine;
	};
}
