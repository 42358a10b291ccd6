import { canonicalJson } from '../scenario/canonical-json.ts';
import type { CompiledScenario } from '../scenario/library.ts';
import { sha256 } from '../scenario/sha256.ts';
import type { Observation } from '../telemetry/types.ts';
import { createWorld, type World } from '../world/index.ts';
import { advanceTo } from './advance.ts';
import { applyCommand } from './apply.ts';
import { initialRun } from './initial.ts';
import { RuleRunner } from './rule-runner.ts';
import { Run, type Machinery } from './run.ts';
import type { Engine, EngineState, Step } from './types.ts';

const MOST_SEEDS = 16;

/** Makes an engine that looks at its world through the instruments given. */
export function createEngineWith(
	compiled: CompiledScenario,
	seed: string,
	observe: (world: World) => Observation
): Engine {
	const made = new Map<string, Machinery>();
	const begun = new Map<string, Step>();
	const machinery = (of: string): Machinery => {
		let known = made.get(of);
		if (known === undefined) {
			if (made.size >= MOST_SEEDS) made.clear();
			const world = createWorld(compiled, of);
			const observation = observe(world);
			known = { compiled, world, observation, rules: new RuleRunner(compiled, observation) };
			made.set(of, known);
		}
		return known;
	};
	return {
		compiled,
		machinery,
		get observation() {
			return machinery(seed).observation;
		},
		initial(of, settings) {
			const key = `${of}\n${canonicalJson(settings)}`;
			let step = begun.get(key);
			if (step === undefined) {
				if (begun.size >= MOST_SEEDS) begun.clear();
				step = initialRun(machinery(of), of, settings).step();
				begun.set(key, step);
			}
			// A new list each time: callers may add to theirs.
			return { ...step, events: [...step.events] };
		},
		advance(state, toSimMs) {
			const toMs = Math.floor(toSimMs / 1000) * 1000;
			if (state.incident.lifecycle !== 'running' || state.outcome !== null || toMs <= state.simMs) {
				return { ok: true, state, events: [] };
			}
			const run = new Run(machinery(state.seed), state);
			advanceTo(run, toMs);
			return run.step();
		},
		apply(state, command) {
			const run = new Run(machinery(state.seed), state);
			return applyCommand(run, command) ?? run.step();
		},
		hash: (state: EngineState) => sha256(canonicalJson(state))
	};
}
