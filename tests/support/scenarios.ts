// Scenarios for tests, compiled once.

import { join } from 'node:path';
import type { CompiledScenario } from '../../src/lib/scenario/library.ts';
import { createLogger } from '../../src/lib/server/log.ts';
import { readScenarios } from '../../src/lib/server/scenarios/registry.ts';

/** A shipped scenario, by its id. */
export function shippedScenario(id: string): CompiledScenario {
	const registry = readScenarios(join(process.cwd(), 'scenarios'), createLogger('silent'), [id]);
	const compiled = registry.find(id);
	if (!compiled) throw new Error(`${id} cannot be loaded: ${JSON.stringify(registry.broken)}`);
	return compiled;
}
