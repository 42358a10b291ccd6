import type { Runbook, Scenario, Service, Topology } from './scenario.schema.ts';

/** One dependency that takes part in a scenario. Shares 0..1, delay in milliseconds. */
export interface Dependency {
	from: string;
	to: string;
	errors: number;
	latency: number;
	delayMs: number;
}

/** A rule file as Prometheus has it, parsed from YAML (structure only; the promql room compiles it). */
export interface RuleFileData {
	groups: { name: string; interval?: string; rules: Record<string, unknown>[] }[];
}

/**
 * A scenario with all it stands on: services resolved from the archetype with overrides, dependencies, rules of topology
 * and scenario, runbooks. What the world, telemetry and engine run.
 */
export interface CompiledScenario {
	scenario: Scenario;
	topology: Topology;
	services: Record<string, Service>;
	dependencies: Dependency[];
	/** Groups of the topology first, then the scenario's own. */
	rules: RuleFileData;
	runbooks: Runbook[];
	/** Markdown body per runbook id. */
	runbookBodies: Record<string, string>;
	/** SHA-256 of the canonical content: the version that a run stores. */
	contentHash: string;
	/** Epoch milliseconds of simulated time 0. */
	startsAt: number;
	/** Runbooks that variants put in the place of others, by file; absent where there are none. */
	variantRunbooks?: Record<string, { runbook: Runbook; body: string }>;
	/** Which variant of the scenario this is; absent in the scenario itself. */
	variant?: { id: string; title: string; seedClass?: string; extraAlert?: string };
}
