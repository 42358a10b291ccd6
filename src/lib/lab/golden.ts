import { createEngine } from '../engine/index.ts';
import { ENGINE_VERSION } from '../engine/types.ts';
import { canonicalJson } from '../scenario/canonical-json.ts';
import type { CompiledScenario } from '../scenario/library.ts';
import { measureDifficulty, type Measured } from './difficulty.ts';
import { NOBODY } from './policy.ts';
import { playerOf } from './players.ts';
import { proveVariants } from './prove.ts';
import { Plays, type Played } from './prove-plays.ts';
import { summarise, type SimulationResult } from './result.ts';
import { ScriptPolicy } from './script-policy.ts';
import { simulate } from './simulate.ts';

/** Seed of the two runs that are kept whole. */
export const GOLDEN_SEED = '1';
/** Those who know no scenario play these: one run would be luck. */
export const TRAINEES = ['novice', 'hasty', 'random'] as const;
export const TRAINEE_SEEDS = ['1', '2', '3'] as const;
export type TraineeName = (typeof TRAINEES)[number];

/** The reference runs of a scenario, kept as `expected.json` beside it. A change of it must be meant, and says why. */
export interface Golden {
	engineVersion: string;
	/** Why it was written the last time. */
	reason: string;
	ideal: SimulationResult;
	none: SimulationResult;
	/** The runs of the trainees, one per seed. Absent from files that are older than these. */
	trainees?: Record<TraineeName, CompactRun[]>;
	/** How hard the scenario turned out to be for them. Absent with them. */
	difficulty?: Measured;
	/** Of every variant: does it keep the scenario's promises? One that does not is not offered. Absent with them. */
	variants?: Record<string, boolean>;
}

/** What is kept of a trainee's run. */
export type CompactRun = Pick<
	SimulationResult,
	'seed' | 'outcome' | 'endedMs' | 'milestones' | 'impactMinutes' | 'score'
> & {
	/** Mitigations that did harm, as the log judged it. */
	harm: string[];
};

/** Plays all reference runs. `onProgress` hears the share that is done, 0..1. */
export function playGolden(compiled: CompiledScenario, onProgress?: (share: number) => void): Omit<Golden, 'reason'> {
	const total = 2 + TRAINEES.length * TRAINEE_SEEDS.length;
	let done = 0;
	const whole = (ideal: boolean): SimulationResult => {
		const engine = createEngine(compiled, GOLDEN_SEED);
		const policy = ideal ? new ScriptPolicy('ideal', compiled.scenario.ideal) : NOBODY;
		const limitMs = compiled.scenario.minutes * 60_000;
		const report = (simMs: number) => onProgress?.((done + Math.min(1, simMs / limitMs)) / total);
		const result = summarise(engine, simulate(engine, { seed: GOLDEN_SEED, policy, onProgress: report }));
		onProgress?.(++done / total);
		return result;
	};
	const plays = new Plays(compiled);
	const [ideal, none] = [whole(true), whole(false)];
	const trainees: Record<TraineeName, CompactRun[]> = { novice: [], hasty: [], random: [] };
	for (const seed of TRAINEE_SEEDS) {
		for (const name of TRAINEES) {
			trainees[name].push(compact(plays.play(seed, playerOf(name, compiled, seed))));
			onProgress?.(++done / total);
		}
	}
	const variants = Object.fromEntries(proveVariants(compiled, [GOLDEN_SEED]).map(({ id, ok }) => [id, ok]));
	const difficulty = measureDifficulty(ideal, none, trainees);
	return { engineVersion: ENGINE_VERSION, ideal, none, trainees, difficulty, variants };
}

function compact({ result, harmed }: Played): CompactRun {
	const { seed, outcome, endedMs, milestones, impactMinutes, score } = result;
	return { seed, outcome, endedMs, milestones, impactMinutes, score, harm: harmed };
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
