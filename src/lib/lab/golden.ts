import { createEngine } from '../engine/index.ts';
import { ENGINE_VERSION } from '../engine/types.ts';
import { canonicalJson } from '../scenario/canonical-json.ts';
import type { CompiledScenario } from '../scenario/library.ts';
import { NOBODY } from './policy.ts';
import { summarise, type SimulationResult } from './result.ts';
import { ScriptPolicy } from './script-policy.ts';
import { simulate } from './simulate.ts';

/** Seed of the golden runs. */
export const GOLDEN_SEED = '1';

/** The reference runs of a scenario, kept as `expected.json` beside it. A change of it must be meant, and says why. */
export interface Golden {
	engineVersion: string;
	/** Why it was written the last time. */
	reason: string;
	ideal: SimulationResult;
	none: SimulationResult;
}

/** Plays both reference runs. `onProgress` hears the share that is done, 0..1. */
export function playGolden(compiled: CompiledScenario, onProgress?: (share: number) => void): Omit<Golden, 'reason'> {
	const play = (ideal: boolean): SimulationResult => {
		const engine = createEngine(compiled, GOLDEN_SEED);
		const policy = ideal ? new ScriptPolicy('ideal', compiled.scenario.ideal) : NOBODY;
		const limitMs = compiled.scenario.minutes * 60_000;
		const report = (simMs: number) => onProgress?.((ideal ? 0 : 0.5) + Math.min(1, simMs / limitMs) / 2);
		return summarise(engine, simulate(engine, { seed: GOLDEN_SEED, policy, onProgress: report }));
	};
	return { engineVersion: ENGINE_VERSION, ideal: play(true), none: play(false) };
}

/** What differs between two golden records beside the reason, as lines `ideal.milestones.declaredMs: 210000 -> 215000`. */
export function goldenChanges(before: Golden | null, after: Omit<Golden, 'reason'>): string[] {
	if (before === null) return ['there was none'];
	const { reason: _reason, ...was } = before;
	return changesAt('', was, after);
}

function changesAt(path: string, before: unknown, after: unknown): string[] {
	if (isContainer(before) && isContainer(after)) {
		const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
		return [...keys].flatMap((key) => changesAt(path === '' ? key : `${path}.${key}`, before[key], after[key]));
	}
	const [was, is] = [before, after].map((value) => (value === undefined ? 'nothing' : canonicalJson(value)));
	return was === is ? [] : [`${path}: ${was} -> ${is}`];
}

function isContainer(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
